"""The objects that a page may consist of: content, fonts, pictures, patterns, colours, layers (ISO 32000-1).

No action, annotation, form field, script, link, embedded file, metadata or structure is among them.
"""

from pikepdf import Name

from app.intake.pdf_copy import (
    Kind,
    array,
    boolean,
    dictionary,
    integer,
    later,
    mapping,
    name,
    number,
    one_of,
    stream,
    string,
    tagged,
)


def keys(*groups: tuple[Kind, str]) -> dict[str, Kind]:
    """Return the kind of each key from groups of a kind and its keys, parted by spaces."""
    return {f"/{key}": kind for kind, names in groups for key in names.split()}


NUMBERS = array(number)
NESTED_NUMBERS = array(one_of(number, array(number)))
CONTENT = stream({})

# Functions (7.10) and colour spaces (8.6)
FUNCTION: Kind = one_of(
    stream(
        keys(
            (integer, "FunctionType BitsPerSample Order"),
            (NUMBERS, "Domain Range Encode Decode"),
            (array(integer), "Size"),
        ),
        {"/FunctionType": (0, 4)},
    ),
    dictionary(
        keys(
            (integer, "FunctionType"),
            (NUMBERS, "Domain Range C0 C1 Bounds Encode"),
            (number, "N"),
            (array(later(lambda: FUNCTION)), "Functions"),
        ),
        {"/FunctionType": (2, 3)},
    ),
)
_CALIBRATED = dictionary(
    keys((NUMBERS, "WhitePoint BlackPoint Matrix Range"), (one_of(number, NUMBERS), "Gamma"))
)
_SPACE = later(lambda: COLOUR_SPACE)
_PROFILE = stream(keys((integer, "N"), (_SPACE, "Alternate"), (NUMBERS, "Range")))
COLOUR_SPACE: Kind = one_of(
    name,
    tagged("/ICCBased", _PROFILE),
    tagged("/Indexed", _SPACE, integer, one_of(string, stream({}))),
    tagged("/I", _SPACE, integer, string),
    tagged("/Separation", name, _SPACE, FUNCTION),
    tagged("/DeviceN", array(name), _SPACE, FUNCTION, dictionary({})),
    tagged("/CalRGB", _CALIBRATED),
    tagged("/CalGray", _CALIBRATED),
    tagged("/Lab", _CALIBRATED),
    tagged("/Pattern", _SPACE),
    tagged("/DeviceRGB"),
    tagged("/DeviceGray"),
    tagged("/DeviceCMYK"),
)

# Layers (8.11)
LAYER = dictionary(
    keys((name, "Type"), (string, "Name"), (one_of(name, array(name)), "Intent")), {"/Type": (Name.OCG,)}
)
MEMBERSHIP = dictionary(
    keys((name, "Type P"), (one_of(LAYER, array(LAYER)), "OCGs")), {"/Type": (Name.OCMD,)}
)
OPTIONAL = one_of(LAYER, MEMBERSHIP)
LAYERS = dictionary(
    keys(
        (array(LAYER), "OCGs"),
        (dictionary(keys((name, "BaseState"), (array(LAYER), "ON OFF"))), "D"),
    )
)

# Pictures and forms (8.9, 8.10, 11.6)
PICTURE_FILTERS = frozenset({"/DCTDecode", "/DCT", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode", "/CCF"})
_PICTURE = later(lambda: PICTURE)
PICTURE: Kind = stream(
    keys(
        (name, "Type Subtype Intent Name"),
        (integer, "Width Height BitsPerComponent SMaskInData"),
        (COLOUR_SPACE, "ColorSpace"),
        (boolean, "ImageMask Interpolate"),
        (NUMBERS, "Decode Matte"),
        (one_of(_PICTURE, NUMBERS), "Mask"),
        (_PICTURE, "SMask"),
        (OPTIONAL, "OC"),
    ),
    {"/Subtype": (Name.Image,)},
    as_sent=PICTURE_FILTERS,
)
GROUP = dictionary(
    keys((name, "Type S"), (COLOUR_SPACE, "CS"), (boolean, "I K")), {"/S": (Name.Transparency,)}
)
_RESOURCES = later(lambda: RESOURCES)
FORM = stream(
    keys(
        (name, "Type Subtype Name"),
        (integer, "FormType"),
        (NUMBERS, "BBox Matrix"),
        (_RESOURCES, "Resources"),
        (GROUP, "Group"),
        (OPTIONAL, "OC"),
    ),
    {"/Subtype": (Name.Form,)},
)

# Patterns and shadings (8.7)
_SHADING_KEYS = keys(
    (integer, "ShadingType BitsPerCoordinate BitsPerComponent BitsPerFlag VerticesPerRow"),
    (COLOUR_SPACE, "ColorSpace"),
    (NUMBERS, "Background BBox Coords Domain Matrix Decode"),
    (boolean, "AntiAlias"),
    (one_of(FUNCTION, array(FUNCTION)), "Function"),
    (array(boolean), "Extend"),
)
SHADING = one_of(
    stream(_SHADING_KEYS, {"/ShadingType": (4, 5, 6, 7)}),
    dictionary(_SHADING_KEYS, {"/ShadingType": (1, 2, 3)}),
)
GRAPHICS: Kind = later(lambda: GRAPHICS_STATE)
PATTERN = one_of(
    stream(
        keys(
            (name, "Type"),
            (integer, "PatternType PaintType TilingType"),
            (NUMBERS, "BBox Matrix"),
            (number, "XStep YStep"),
            (_RESOURCES, "Resources"),
        ),
        {"/PatternType": (1,)},
    ),
    dictionary(
        keys(
            (name, "Type"),
            (integer, "PatternType"),
            (NUMBERS, "Matrix"),
            (SHADING, "Shading"),
            (GRAPHICS, "ExtGState"),
        ),
        {"/PatternType": (2,)},
    ),
)

# Fonts (9.5 to 9.10)
_SYSTEM = dictionary(keys((string, "Registry Ordering"), (integer, "Supplement")))
CMAP: Kind = stream(
    keys(
        (name, "Type CMapName"),
        (_SYSTEM, "CIDSystemInfo"),
        (integer, "WMode"),
        (one_of(name, later(lambda: CMAP)), "UseCMap"),
    )
)
_PROGRAM = stream(keys((integer, "Length1 Length2 Length3")))
DESCRIPTOR = dictionary(
    keys(
        (name, "Type FontName FontStretch"),
        (string, "FontFamily CharSet"),
        (integer, "Flags"),
        (NUMBERS, "FontBBox"),
        (number, "FontWeight ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH"),
        (number, "AvgWidth MaxWidth MissingWidth"),
        (_PROGRAM, "FontFile FontFile2"),
        (stream(keys((name, "Subtype"))), "FontFile3"),
        (stream({}), "CIDSet"),
        (dictionary(keys((string, "Panose"))), "Style"),
    )
)
_ENCODING = dictionary(keys((name, "Type BaseEncoding"), (array(one_of(integer, name)), "Differences")))
_FONT_TYPES = tuple(
    Name(f"/{kind}")
    for kind in ("Type0", "Type1", "MMType1", "Type3", "TrueType", "CIDFontType0", "CIDFontType2")
)
FONT: Kind = dictionary(
    keys(
        (name, "Type Subtype BaseFont Name"),
        (integer, "FirstChar LastChar"),
        (NUMBERS, "Widths FontBBox FontMatrix DW2"),
        (number, "DW"),
        (NESTED_NUMBERS, "W W2"),
        (DESCRIPTOR, "FontDescriptor"),
        (one_of(name, _ENCODING, CMAP), "Encoding"),
        (one_of(name, CMAP), "ToUnicode"),
        (array(later(lambda: FONT)), "DescendantFonts"),
        (_SYSTEM, "CIDSystemInfo"),
        (one_of(name, stream({})), "CIDToGIDMap"),
        (mapping(CONTENT), "CharProcs"),
        (_RESOURCES, "Resources"),
    ),
    {"/Subtype": _FONT_TYPES},
)

# Graphics state (8.4.5) and resources (7.8.3)
_MASK = dictionary(
    keys((name, "Type S"), (FORM, "G"), (NUMBERS, "BC"), (one_of(name, FUNCTION), "TR")),
    {"/S": (Name.Alpha, Name.Luminosity)},
)
_TRANSFER = one_of(name, FUNCTION, array(one_of(name, FUNCTION)))
GRAPHICS_STATE: Kind = dictionary(
    keys(
        (name, "Type RI"),
        (number, "LW LC LJ ML FL SM CA ca"),
        (NESTED_NUMBERS, "D"),
        (boolean, "OP op SA AIS TK"),
        (integer, "OPM"),
        (array(one_of(FONT, number)), "Font"),
        (one_of(name, FUNCTION), "BG BG2 UCR UCR2"),
        (_TRANSFER, "TR TR2"),
        (one_of(name, array(name)), "BM"),
        (one_of(name, _MASK), "SMask"),
    )
)
RESOURCES: Kind = dictionary(
    keys(
        (mapping(GRAPHICS_STATE), "ExtGState"),
        (mapping(COLOUR_SPACE), "ColorSpace"),
        (mapping(PATTERN), "Pattern"),
        (mapping(SHADING), "Shading"),
        (mapping(one_of(PICTURE, FORM)), "XObject"),
        (mapping(FONT), "Font"),
        (mapping(OPTIONAL), "Properties"),
    )
)
PAGE_CONTENT = one_of(CONTENT, array(CONTENT))
