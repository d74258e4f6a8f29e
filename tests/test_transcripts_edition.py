"""The edition on disk: names are plain, nothing outside is reached, settings are read strictly."""

from pathlib import Path

import pytest

from obelos_transcripts import BadInput, Settings, check_name, find_edition


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A made-up edition of two documents."""
    (tmp_path / "edition.yaml").write_text("")
    for name in ("chungking-456", "letter-7"):
        document = tmp_path / "transcripts" / name
        document.mkdir(parents=True)
        for file in ("base.txt", "text.txt", "B.txt", "print.txt", "document.yaml"):
            (document / file).write_text("made up\n")
    return tmp_path


def test_an_edition_is_found_from_any_folder_inside_it(folder: Path) -> None:
    """The nearest folder upwards with an edition.yaml is its root."""
    edition = find_edition(folder / "transcripts" / "letter-7")
    assert edition is not None
    assert folder.resolve() == edition.root
    assert Settings() == edition.settings
    assert ["chungking-456", "letter-7"] == edition.names()


def test_outside_an_edition_there_is_none(tmp_path: Path) -> None:
    """A loose file is no error."""
    assert None is find_edition(tmp_path)


def test_a_document_has_base_working_text_and_witnesses_by_siglum(folder: Path) -> None:
    """Other texts beside base and text are witnesses; document.yaml is not one."""
    edition = find_edition(folder)
    assert edition is not None
    document = edition.document("letter-7")
    assert ("base.txt", "text.txt") == (document.base.name, document.working.name)
    assert ["B", "print"] == list(document.witnesses)


def test_an_unknown_document_is_refused_with_the_nearest_name(folder: Path) -> None:
    """The person mistyped; say what there is."""
    edition = find_edition(folder)
    assert edition is not None
    with pytest.raises(BadInput, match=r"there is no document “chungking-465”; did you mean “chungking-456”\?"):
        edition.document("chungking-465")


@pytest.mark.parametrize("name", ["../letter-7", "/etc", "a/b", ".", "..", "", ".git", "con", "x.lock", "-rf", "a\nb"])
def test_no_name_leads_outside_the_edition(folder: Path, name: str) -> None:
    """Neither as a document asked for nor as the name of a new one."""
    edition = find_edition(folder)
    assert edition is not None
    with pytest.raises(BadInput):
        edition.document(name)
    with pytest.raises(BadInput):
        check_name(name, "add")


@pytest.mark.parametrize("name", ["chungking-456", "B", "print", "Письмо_7", "a.b"])
def test_ordinary_names_are_taken_as_they_are(name: str) -> None:
    """Letters of any script, digits, “-”, “_” and “.”."""
    assert name == check_name(name, "add")


def test_a_folder_that_is_a_link_is_no_document(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """An edition from a stranger cannot point Obelos at other files."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "base.txt").write_text("private\n")
    (folder / "transcripts" / "linked").symlink_to(outside, target_is_directory=True)
    edition = find_edition(folder)
    assert edition is not None
    assert "linked" not in edition.names()
    with pytest.raises(BadInput):
        edition.document("linked")


def test_files_that_are_links_are_not_read(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Neither a base text nor a witness may be a link out of the edition."""
    private = tmp_path_factory.mktemp("outside") / "private.txt"
    private.write_text("private\n")
    (folder / "transcripts" / "letter-7" / "C.txt").symlink_to(private)
    other = folder / "transcripts" / "letter-8"
    other.mkdir()
    (other / "base.txt").symlink_to(private)
    edition = find_edition(folder)
    assert edition is not None
    assert ["B", "print"] == list(edition.document("letter-7").witnesses)
    assert "letter-8" not in edition.names()


def test_a_link_in_the_place_of_the_transcripts_hides_them_all(folder: Path) -> None:
    """Not even the folder of all documents may lie elsewhere."""
    (folder / "transcripts").rename(folder / "elsewhere")
    (folder / "transcripts").symlink_to(folder / "elsewhere", target_is_directory=True)
    edition = find_edition(folder)
    assert edition is not None
    assert [] == edition.names()


def test_every_problem_of_the_settings_is_reported_at_once(folder: Path) -> None:
    """With its line, and what was expected."""
    (folder / "edition.yaml").write_text("title: [a]\npaks: core\npolicy: {note: [emmend]}\n")
    with pytest.raises(BadInput) as caught:
        find_edition(folder)
    one, two, three = str(caught.value).splitlines()
    assert one.endswith("edition.yaml:1: a text was expected, not a list")
    assert two.endswith("edition.yaml:2: unknown key “paks” in the edition's settings; did you mean “packs”?")
    assert three.endswith(
        "edition.yaml:3: one of correct, emend, stet, reject, query was expected, not “emmend”; did you mean “emend”?"
    )


def test_settings_are_what_the_file_says(folder: Path) -> None:
    """A single word stands for a list of one."""
    (folder / "edition.yaml").write_text("title: NO\neditors: A. Person\npacks: [core]\npolicy: {note: []}\n")
    edition = find_edition(folder)
    assert edition is not None
    assert ("NO", ("A. Person",), ("core",), ()) == (
        edition.settings.title,
        edition.settings.editors,
        edition.settings.packs,
        edition.settings.policy.note,
    )
