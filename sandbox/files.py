"""Files that people hand over, and where the app fetches them."""

import base64
import mimetypes
from pathlib import PurePath

from sandbox.archive import Archive
from sandbox.records import Channel, Json, Value

LARGEST = 10_000_000
"""Bytes of one file that a form takes (Slack's limit for `file_input`)."""

LISTED = {"public": ("channels", "public"), "private": ("groups", "private"), "im": ("ims", "private")}
"""Kind of conversation → where a file object lists it, and where it tells of the message there."""


class Files:
    """Every file of a workspace, by its id."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._kept: dict[str, Json] = archive.read("file")
        self._expected: dict[str, tuple[str, int, str]] = {}
        """Id → name, bytes and alternative text of a file that the app is about to send."""

    def keep(self, id_: str, name: str, content: bytes, user_id: str, page_url: str) -> Json:
        """Keep a file; returns the file object that Slack would send. Raises ValueError when it is too large."""
        if len(content) > LARGEST:
            raise ValueError("A file may have at most 10 MB.")
        self._kept[id_] = {
            "info": _info(id_, PurePath(name).name or "file", len(content), user_id, page_url),
            "content": base64.b64encode(content).decode(),
        }
        self._archive.write("file", id_, self._kept[id_])
        return self.info(id_)

    def expect(self, id_: str, name: str, length: int, alt_text: str = "") -> None:
        """The app is about to send this file of so many bytes."""
        self._expected[id_] = (name, length, alt_text)

    def receive(self, id_: str, content: bytes, user_id: str, page_url: str) -> None:
        """Keep a file that was expected. Raises KeyError when none was, ValueError for another number of bytes."""
        name, length, alt_text = self._expected[id_]
        if len(content) != length:
            raise ValueError(f"The file was to have {length} bytes.")
        self.keep(id_, name, content, user_id, page_url)
        del self._expected[id_]
        if alt_text:
            self.note(id_, alt_txt=alt_text)

    def note(self, id_: str, **fields: Value) -> None:
        """Write these fields into the file object. Raises KeyError when there is no such file."""
        kept = self._kept[id_]
        kept["info"] = {**kept["info"], **fields}
        self._archive.write("file", id_, kept)

    def share(self, id_: str, channel: Channel, ts: str) -> None:
        """The file is in this message now. Raises KeyError when there is no such file."""
        listed, visible = LISTED[channel.kind]
        known = self.info(id_)
        shares = known.get("shares", {})
        at = {**shares.get(visible, {})}
        at[channel.id] = [*at.get(channel.id, []), {"ts": ts, "channel_name": channel.name}]
        where = list(dict.fromkeys([*known.get(listed, []), channel.id]))
        self.note(id_, shares={**shares, visible: at}, **{listed: where})

    def info(self, id_: str) -> Json:
        """The file object. Raises KeyError when there is no such file."""
        found: Json = self._kept[id_]["info"]
        return found

    def content(self, id_: str) -> bytes:
        """What is in the file. Raises KeyError when there is no such file."""
        return base64.b64decode(self._kept[id_]["content"])

    def __contains__(self, id_: object) -> bool:
        return id_ in self._kept


def _info(id_: str, name: str, size: int, user_id: str, page_url: str) -> Json:
    mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    address = f"{page_url}files/{id_}/{name}"
    return {
        "id": id_,
        "name": name,
        "title": name,
        "mimetype": mimetype,
        "filetype": PurePath(name).suffix.lstrip(".").lower() or "binary",
        "size": size,
        "user": user_id,
        "mode": "hosted",
        "is_external": False,
        "url_private": address,
        "url_private_download": address,
    }
