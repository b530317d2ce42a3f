"""Loading modules: hundreds of thousands of objects are made, and all of them are there to stay."""

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def loading() -> Iterator[None]:
    """Look for no rubbish meanwhile, since there is none; nor ever again among what was loaded."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
