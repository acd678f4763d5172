/**
 * Every key of a dictionary that pages are drawn from (ISO 32000-1, 7.4 to 11). What is not listed is left behind: actions,
 * scripts, links, forms, files, metadata, private data of programs, and whatever comes to be invented.
 */
const KEYS = {
  any: 'Type Subtype Length Filter DecodeParms',
  filters:
    'Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows EndOfBlock BlackIs1 DamagedRowsBeforeError JBIG2Globals ColorTransform',
  forms: 'FormType BBox Matrix Resources Group',
  images:
    'Width Height ColorSpace BitsPerComponent Intent ImageMask Mask Decode Interpolate SMask SMaskInData Matte Name',
  groups: 'S CS I K G BC TR',
  states:
    'LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR TR2 HT FL SM SA BM SMask CA ca AIS TK HalftoneType Frequency Angle SpotFunction AccurateScreens TransferFunction Width2 Height2 Xsquare Ysquare Default',
  patterns: 'PatternType PaintType TilingType XStep YStep Shading ExtGState',
  shadings:
    'ShadingType Background AntiAlias Function Coords Domain Extend BitsPerCoordinate BitsPerFlag VerticesPerRow',
  functions: 'FunctionType Range Size BitsPerSample Order Encode C0 C1 N Functions Bounds',
  colours: 'WhitePoint BlackPoint Gamma Alternate Colorants Process Components',
  fonts:
    'BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts FontBBox FontMatrix CharProcs CIDSystemInfo DW W DW2 W2 CIDToGIDMap BaseEncoding Differences Registry Ordering Supplement CMapName WMode UseCMap',
  descriptors:
    'FontName FontFamily FontStretch FontWeight Flags ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CharSet CIDSet Length1 Length2 Length3',
} as const;

export const DRAWING_KEYS: ReadonlySet<string> = new Set(Object.values(KEYS).flatMap((keys) => keys.split(' ')));

/** Of a page's resources: under each, names that the file chose. */
export const RESOURCES: ReadonlySet<string> = new Set([
  'ExtGState',
  'ColorSpace',
  'Pattern',
  'Shading',
  'XObject',
  'Font',
  'Properties',
]);

/** Names of what is marked in a page. They must be there to be drawn; what they name says nothing that is seen. */
export const MARKS = 'Properties';

/** Under these, elsewhere, stand names that the file chose too. */
export const NAMED: ReadonlySet<string> = new Set(['CharProcs', 'Colorants']);
