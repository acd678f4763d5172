import { decodePDFRawStream, PDFDocument, PDFName, PDFRawStream, PDFString, StandardFonts } from '@cantoo/pdf-lib';
import sharp from 'sharp';

/** Stands in every place of a file where it must not be found again. */
export const FILE_CANARY = 'Canari-8264-GPS';

const SIDE = 64;

/** A picture with noise in it, so that it does not come out small. */
export function buildPixels(width = SIDE, height = SIDE): Promise<Buffer> {
  return sharp({
    create: { width, height, channels: 3, background: '#3050a0', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  })
    .png()
    .toBuffer();
}

/** A photo as a telephone takes it: lying on its side, with the place, the owner and a profile in it. */
export async function buildPhoto(width = 80, height = 40): Promise<Buffer> {
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${FILE_CANARY}</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>`;
  return sharp(await buildPixels(width, height))
    .withExif({
      IFD0: { Artist: FILE_CANARY, ImageDescription: FILE_CANARY, Orientation: '6' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '47/1 13/1 0/1', GPSAreaInformation: FILE_CANARY },
    })
    .withXmp(xmp)
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}

/** Put before the scan of a JPEG. */
export function withSegment(jpeg: Buffer, marker: number, content: string): Buffer {
  const body = Buffer.from(content);
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

export interface PdfParts {
  readonly pages?: number;
  /** Changes the document before it is written. */
  readonly change?: (document: PDFDocument) => Promise<void> | void;
}

export async function buildPdf({ pages = 1, change }: PdfParts = {}): Promise<Buffer> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (let page = 1; page <= pages; page++)
    document.addPage([300, 400]).drawText(`Page ${page}`, { x: 40, y: 300, size: 24, font });
  await change?.(document);
  return Buffer.from(await document.save());
}

/** All that a PDF can hold besides its pages. */
export async function fillWithTraps(document: PDFDocument): Promise<void> {
  const { context, catalog } = document;
  document.setTitle(FILE_CANARY);
  document.setAuthor(FILE_CANARY);
  document.addJavaScript('main', `app.alert("${FILE_CANARY}")`);
  await document.attach(Buffer.from(FILE_CANARY), `${FILE_CANARY}.txt`, { mimeType: 'text/plain' });
  const text = PDFString.of(FILE_CANARY);
  const script = context.obj({ Type: 'Action', S: 'JavaScript', JS: text });
  catalog.set(PDFName.of('OpenAction'), script);
  catalog.set(PDFName.of('AA'), context.obj({ WC: script }));
  const xmp = context.register(context.stream(FILE_CANARY, { Type: 'Metadata', Subtype: 'XML' }));
  catalog.set(PDFName.of('Metadata'), xmp);
  context.trailerInfo.ID = context.obj([text, text]);
  const page = document.getPage(0);
  const link = (action: object) =>
    context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 9, 9], A: context.obj(action as never) });
  for (const annotation of [
    link({ S: 'URI', URI: text }),
    link({ S: 'Launch', F: text }),
    link({ S: 'SubmitForm', F: text }),
    context.obj({ Type: 'Annot', Subtype: 'Text', Rect: [0, 0, 9, 9], Contents: text }),
    context.obj({ Type: 'Annot', Subtype: 'FileAttachment', Rect: [0, 0, 9, 9], FS: context.obj({ F: text }) }),
  ])
    page.node.addAnnot(context.register(annotation));
  page.node.set(PDFName.of('AA'), context.obj({ O: script }));
  page.node.set(PDFName.of('Metadata'), xmp);
  page.node.set(PDFName.of('PieceInfo'), context.obj({ App: context.obj({ Private: text }) }));
  page.node.set(PDFName.of('Thumb'), xmp);
  const resources = page.node.Resources();
  resources?.set(PDFName.of('Properties'), context.obj({ MC0: context.obj({ Metadata: xmp, Note: text }) }));
  resources?.set(PDFName.of(FILE_CANARY), text);
  const form = document.getForm().createTextField(FILE_CANARY);
  form.addToPage(page, { x: 50, y: 50, width: 100, height: 20 });
}

/** All that lies in a PDF, unpacked, as one text. */
export async function contentOf(pdf: Uint8Array): Promise<string> {
  const { context } = await PDFDocument.load(pdf, { updateMetadata: false, throwOnInvalidObject: true });
  const parts = context.enumerateIndirectObjects().map(([, object]) => {
    if (!(object instanceof PDFRawStream)) return object.toString();
    const isPicture = /DCTDecode|JPXDecode/.test(object.dict.toString());
    const content = isPicture ? object.contents : decodePDFRawStream(object).decode();
    return `${object.dict.toString()}\n${Buffer.from(content).toString('latin1')}`;
  });
  const { Root, Encrypt, Info, ID } = context.trailerInfo;
  const trailer = [Root, Encrypt, Info, ID].map((value) => `${value}`).join(' ');
  return [Buffer.from(pdf).toString('latin1'), ...parts, trailer].join('\n');
}

/** A text as it may lie in a file: as it is, as hexadecimal digits of two kinds, as UTF-16. */
export function textForms(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const wide = Buffer.from(text, 'utf16le');
  return [text, bytes.toString('hex'), wide.toString('latin1'), wide.swap16().toString('hex')];
}

export function hasText(content: string, text: string): boolean {
  const found = content.toLowerCase();
  return textForms(text).some((form) => found.includes(form.toLowerCase()));
}
