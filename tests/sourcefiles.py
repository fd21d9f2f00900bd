"""Small files of every kind, made by hand."""

import io
import zipfile
import zlib

from speechkit.formats.wordml import W, tag

NAMESPACES = (
    f'xmlns:w="{W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str) -> str:
    return f"<w:p>{''.join(content)}</w:p>"


def plain(text: str) -> str:
    return paragraph(run(text))


def box(*paragraphs: str) -> str:
    """Return a run with a text box, as Word writes it: once for new programs, once for old ones."""
    content = tag("txbxContent", *paragraphs)
    choice = f"<mc:Choice Requires='wps'>{tag('drawing', content)}</mc:Choice>"
    fallback = f"<mc:Fallback>{tag('pict', content)}</mc:Fallback>"
    return tag("r", f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>")


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of cells, each made of paragraphs."""
    return tag("tbl", *(tag("tr", *(tag("tc", cell) for cell in row)) for row in rows))


def notes(kind: str, *paragraphs: str) -> str:
    """Return the part called footnotes or endnotes."""
    return f"<w:{kind} {NAMESPACES}>{tag(kind.removesuffix('s'), *paragraphs, id=2)}</w:{kind}>"


def core(created: str = "", modified: str = "", author: str = "") -> str:
    return (
        '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dcterms:created>{created}</dcterms:created><dcterms:modified>{modified}</dcterms:modified>"
        f"<dc:creator>{author}</dc:creator></c:coreProperties>"
    )


def docx(*body: str, **parts: str | bytes) -> bytes:
    """Return a Word file; `parts` are numbering, styles, footnotes, endnotes, core, whole as XML."""
    related = [name for name in parts if name != "core"]
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for n, name in enumerate(related)
    )
    main = f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    main += f'<Relationship Id="c" Type="{_RELATIONS}/metadata/core-properties" Target="docProps/core.xml"/>'
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">{main}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>',
        "word/document.xml": f"<w:document {NAMESPACES}>{tag('body', *body)}</w:document>",
        **{f"word/{name}.xml": parts[name] for name in related},
        **({"docProps/core.xml": parts["core"]} if "core" in parts else {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def pdf(*pages: tuple[str, ...], info: str = "") -> bytes:
    """Return a PDF file: the lines of each page, in a font without outlines that tells its characters."""
    characters = sorted({c for page in pages for line in page for c in line})
    codes = {character: code for code, character in enumerate(characters, 1)}
    listed = "".join(f"<{code:04x}> <{ord(c):04x}>\n" for c, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{listed}endbfchar endcmap end"
    )
    numbers = [6 + 2 * index for index in range(len(pages))]
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{n} 0 R' for n in numbers)}] >>".encode(),
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /ToUnicode 5 0 R "
        b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>",
        4: f"<< {info} >>".encode(),
        5: _stream(cmap.encode()),
    }
    for number, page in zip(numbers, pages, strict=True):
        shown = "".join(
            f"1 0 0 1 72 {700 - 30 * row} Tm <{''.join(f'{codes[c]:04x}' for c in line)}> Tj\n"
            for row, line in enumerate(page)
        )
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>"
        ).encode()
        objects[number + 1] = _stream(f"BT /F 16 Tf {shown} ET".encode())
    return _assembled(objects)


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)


def _assembled(objects: dict[int, bytes]) -> bytes:
    result = b"%PDF-1.7\n"
    offsets = {}
    for number in sorted(objects):
        offsets[number] = len(result)
        result += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    table = b"".join(b"%010d 00000 n \n" % offsets[number] for number in sorted(objects))
    start = len(result)
    trailer = b"trailer << /Size %d /Root 1 0 R /Info 4 0 R >>" % (len(objects) + 1)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return result + head + table + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % start
