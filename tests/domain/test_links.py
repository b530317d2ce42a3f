"""Links to a domain of the company's own."""

import pytest

from domain.links import linked

DOMAIN = "okr.example.com"


@pytest.mark.parametrize(
    ("url", "ref"),
    [
        ("https://okr.example.com/O-12", "O-12"),
        ("http://okr.example.com/kr-34/", "KR-34"),
        ("https://OKR.example.com/okr/O-12?a=1&amp;b=2#c", "O-12"),
        ("https://eu.okr.example.com/O-12", "O-12"),
        ("https://okr.example.com:8443/O-12", "O-12"),
        ("https://okr.example.com/", None),
        ("https://okr.example.com/B-5", None),
        ("https://okr.example.com/O-12/edit", None),
        ("https://okr.example.com/x/O-12", None),
        ("https://notokr.example.com/O-12", None),
        ("https://okr.example.com.evil.example/O-12", None),
        ("https://okr.example.com@evil.example/O-12", None),
        ("https://okr.example.com/O-1234567890123", None),
        ("javascript://okr.example.com/O-12", None),
        ("https://[::1/O-12", None),
        ("", None),
    ],
)
def test_a_link_leads_to_an_objective_or_nowhere(url, ref):
    found = linked(url, DOMAIN)
    assert (str(found) if found else None) == ref


def test_without_a_domain_no_link_is_ours():
    assert linked("https://okr.example.com/O-12", "") is None
    assert linked("https:///O-12", "") is None
