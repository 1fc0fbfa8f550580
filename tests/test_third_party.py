"""What was taken from others is said."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_every_style_and_locale_of_others_is_acknowledged() -> None:
    notices = (ROOT / "docs/third-party.md").read_text("utf-8")
    files = [*ROOT.glob("catalogue/**/*.csl"), *ROOT.glob("catalogue/**/locales/*.xml")]
    foreign = [path for path in files if "creativecommons.org" in path.read_text("utf-8")]
    assert foreign
    assert [path for path in foreign if f"`{path.relative_to(ROOT)}`" not in notices] == []
