"""What may reach a terminal."""

import unicodedata

from obelos_transcripts import visible

# Unicode calls these “format characters” too, but they are signs that are drawn (Unicode Standard, section 23.2).
DRAWN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}

# Default_Ignorable_Code_Point of the Unicode Character Database: letters to the machine, nothing to the eye.
IGNORABLE = {
    *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0),
    *range(0x180B, 0x1810),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    *range(0xFFF0, 0xFFF9),
    *range(0x1BCA0, 0x1BCA4),
    *range(0x1D173, 0x1D17B),
    *range(0xE0000, 0xE1000),
}


def harmful(code: int) -> bool:
    """Whether a code point controls the terminal, the direction of the line, or stands there unseen."""
    control = unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs", "Zl", "Zp") and code not in DRAWN
    return control or code in IGNORABLE


def test_no_code_point_of_unicode_gets_through_as_a_control_or_unseen() -> None:
    """Every one of the 1,114,112: one code point in, one harmless code point out."""
    through = []
    for code in range(0x110000):
        shown = visible(chr(code))
        if len(shown) != 1 or harmful(ord(shown)):
            through.append(f"{code:04X}")
    assert [] == through


def test_a_whole_text_keeps_its_length() -> None:
    """So a mark laid over the text by position stays right."""
    everything = "".join(map(chr, range(0x110000)))
    assert len(everything) == len(visible(everything))
    assert len(everything) == len(visible(everything, keep_lines=True))


def test_ordinary_text_is_shown_as_it_is() -> None:
    """Accents, dashes, quotes, other scripts and markup are none of its business."""
    text = "Sinꞌtszian – “belt” [bold] café cafe\u0301 Маньчжурия 滿洲 [/]"
    assert text == visible(text)


def test_lines_are_kept_only_on_request() -> None:
    """A line feed is a sign like another unless the caller breaks lines there."""
    assert "a↵b→c" == visible("a\nb\tc")
    assert "a\nb→c" == visible("a\nb\tc", keep_lines=True)


def test_an_escape_sequence_becomes_signs() -> None:
    """A terminal that receives the result clears no screen and sets no title."""
    assert "␛[2J␛]0;title␇" == visible("\x1b[2J\x1b]0;title\x07")
