import { deflateSync } from 'node:zlib';
import { type PDFDict, PDFDocument, PDFName, PDFRawStream, PDFString } from '@cantoo/pdf-lib';
import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { rewrite } from '../../../src/attachments/rewrite.js';
import {
  buildPdf,
  buildPhoto,
  buildPixels,
  contentOf,
  FILE_CANARY,
  fillWithTraps,
  hasText,
  withSegment,
} from '../../support/files.js';

async function rewritten(file: Uint8Array): Promise<Buffer> {
  const result = await rewrite(file);
  if ('refused' in result) throw new Error(`Refused: ${result.refused}`);
  expect(result.kind).toBe('pdf');
  return Buffer.from(result.bytes);
}

const FORBIDDEN =
  /\/(JavaScript|JS|OpenAction|AA|A|URI|Launch|SubmitForm|EmbeddedFiles?|EF|AF|Annots|AcroForm|XFA|Metadata|PieceInfo|Names|Outlines|Info|Producer|Creator|Author|Title|CreationDate|ModDate|Thumb)[\s/<[(]/;

/** In boxes: its signature, its head, the code stream, and what a camera says of it. */
function jpeg2000(): Buffer {
  const box = (type: string, content: string): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(content.length + 8);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, Buffer.from(content, 'latin1')]);
  };
  return Buffer.concat([
    box('jP  ', '\r\n\x87\n'),
    box('xml ', FILE_CANARY),
    box('jp2h', 'the head'),
    box('uuid', FILE_CANARY),
    box('jp2c', 'the code stream'),
  ]);
}

async function pictureIn(pdf: Uint8Array): Promise<Buffer> {
  const { context } = await PDFDocument.load(pdf, { updateMetadata: false });
  const [picture] = context
    .enumerateIndirectObjects()
    .flatMap(([, object]) =>
      object instanceof PDFRawStream && `${object.dict}`.includes('DCTDecode') ? [object] : [],
    );
  if (!picture) throw new Error('No picture');
  return Buffer.from(picture.contents);
}

describe('a PDF that is written anew', () => {
  it('has its pages, as they were', async () => {
    const kept = await rewritten(await buildPdf({ pages: 3 }));
    const document = await PDFDocument.load(kept, { updateMetadata: false });
    expect(document.getPages().map((page) => page.getSize())).toEqual(Array(3).fill({ width: 300, height: 400 }));
    const content = await contentOf(kept);
    for (const page of [1, 2, 3]) expect(content).toContain(Buffer.from(`Page ${page}`).toString('hex').toUpperCase());
    expect(content).toContain('Helvetica');
  });

  it('has no script, action, link, file, form, metadata or id, and no word of them', async () => {
    const trapped = await buildPdf({ change: fillWithTraps });
    const before = await contentOf(trapped);
    // The traps are there.
    expect(hasText(before, FILE_CANARY)).toBe(true);
    for (const key of ['JavaScript', 'OpenAction', 'EmbeddedFile', 'URI', 'Launch', 'Metadata', 'AcroForm'])
      expect(before).toContain(`/${key}`);

    const kept = await rewritten(trapped);
    const after = await contentOf(kept);
    expect(hasText(after, FILE_CANARY)).toBe(false);
    expect(FORBIDDEN.exec(after)?.[0]).toBeUndefined();
    const { context } = await PDFDocument.load(kept, { updateMetadata: false });
    expect(context.trailerInfo.Info).toBeUndefined();
    expect(context.trailerInfo.ID).toBeUndefined();
    expect(after).toContain(Buffer.from('Page 1').toString('hex').toUpperCase());
  });

  it('shows what was filled in and stamped, and not what was hidden', async () => {
    const kept = await rewritten(
      await buildPdf({
        change: (document) => {
          const form = document.getForm();
          const [page] = document.getPages();
          const field = form.createTextField('name');
          field.setText('Rempli');
          field.addToPage(page as never, { x: 50, y: 60, width: 120, height: 20 });
          const box = form.createCheckBox('box');
          box.addToPage(page as never, { x: 10, y: 10, width: 12, height: 12 });
          box.check();
          const secret = form.createTextField('secret');
          secret.setText('Secret');
          secret.addToPage(page as never, { x: 10, y: 100, width: 120, height: 20, hidden: true });
        },
      }),
    );
    const content = await contentOf(kept);
    expect(content).toContain(Buffer.from('Rempli').toString('hex').toUpperCase());
    expect(content).not.toContain(Buffer.from('Secret').toString('hex').toUpperCase());
    // Where they stood.
    expect(content).toMatch(/1 0 0 1 49.5 59.5 cm/);
    expect(content).toMatch(/1 0 0 1 9.5 9.5 cm/);
    expect(FORBIDDEN.exec(content)?.[0]).toBeUndefined();
  });

  it.each([
    ['as it comes', (photo: Buffer) => photo],
    ['progressive', (photo: Buffer) => sharp(photo).keepMetadata().jpeg({ progressive: true }).toBuffer()],
    ['with another appended to it', (photo: Buffer) => Buffer.concat([photo, photo])],
    ['without an end', (photo: Buffer) => photo.subarray(0, -2)],
  ])('holds pictures without what cameras wrote into them: %s', async (_, change) => {
    const photo = await change(withSegment(await buildPhoto(), 0xfe, FILE_CANARY));
    const packed = await buildPdf({
      change: async (document) => {
        document.getPage(0).drawImage(await document.embedJpg(photo));
      },
    });
    expect(hasText(await contentOf(packed), FILE_CANARY)).toBe(true);
    const kept = await rewritten(packed);
    expect(hasText(await contentOf(kept), FILE_CANARY)).toBe(false);
    const picture = await pictureIn(kept);
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'jpeg', width: 80, height: 40 });
    // Every pixel is there.
    const [before, after] = await Promise.all(
      [photo, picture].map((each) => sharp(each, { failOn: 'none' }).raw().toBuffer()),
    );
    expect(before?.equals(after ?? Buffer.of())).toBe(true);
  });

  it('holds pictures that were packed once more, and those of JPEG 2000', async () => {
    const photo = await buildPhoto();
    const entries = {
      Type: 'XObject',
      Subtype: 'Image',
      Width: 80,
      Height: 40,
      ColorSpace: 'DeviceRGB',
      BitsPerComponent: 8,
    };
    const packed = await buildPdf({
      change: (document) => {
        const { context } = document;
        const twice = PDFRawStream.of(
          context.obj({ ...entries, Filter: ['FlateDecode', 'DCTDecode'] }),
          deflateSync(photo),
        );
        const other = PDFRawStream.of(context.obj({ ...entries, Filter: 'JPXDecode' }), jpeg2000());
        const { node } = document.getPage(0);
        for (const picture of [twice, other]) node.newXObject('P', context.register(picture));
      },
    });
    const kept = await contentOf(await rewritten(packed));
    expect(hasText(kept, FILE_CANARY)).toBe(false);
    expect(kept).toContain('/Filter /DCTDecode');
    expect(kept).toContain('the code stream');
  });

  it('is refused when it is encrypted, cut off or broken', async () => {
    const locked = await PDFDocument.load(await buildPdf());
    locked.encrypt({ userPassword: 'mot', ownerPassword: 'mot' });
    const lockedForOwner = await PDFDocument.load(await buildPdf());
    lockedForOwner.encrypt({ ownerPassword: 'mot' });
    const whole = await buildPdf({ pages: 4 });
    for (const file of [
      await locked.save(),
      await lockedForOwner.save(),
      whole.subarray(0, whole.length / 2),
      Buffer.from('%PDF-1.7\n'),
      Buffer.from('%PDF-1.7\n<svg onload="alert(1)"/>'),
      Buffer.concat([Buffer.from('%PDF-1.4\n'), await buildPixels()]),
    ])
      expect(await rewrite(file)).toEqual({ refused: 'damaged' });
  });

  it('is refused when it has too many pages, or stays too large', async () => {
    expect(await rewrite(await buildPdf({ pages: 51 }))).toEqual({ refused: 'size' });
    expect(await rewrite(await buildPdf({ pages: 50 }))).toMatchObject({ kind: 'pdf' });
    const large = await buildPdf({
      change: async (document) => {
        document.getPage(0).drawImage(await document.embedPng(await buildPixels(1500, 1300)));
      },
    });
    expect(large.length).toBeGreaterThan(5_000_000);
    expect(await rewrite(large)).toEqual({ refused: 'size' });
    expect(await rewrite(Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(20_000_001)]))).toEqual({
      refused: 'size',
    });
  });

  it('ends however its parts refer to each other', async () => {
    const circular = await buildPdf({
      change: (document) => {
        const { context } = document;
        const ref = context.nextRef();
        const form = context.stream('q Q', { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 1, 1] });
        form.dict.set(PDFName.of('Resources'), context.obj({ XObject: context.obj({ Self: ref }) }));
        context.assign(ref, form);
        document.getPage(0).node.newXObject('Loop', ref);
      },
    });
    expect(await contentOf(await rewritten(circular))).toContain('/Self');
    const deep = await buildPdf({
      change: (document) => {
        let inner = document.context.obj([]);
        for (let depth = 0; depth < 300; depth++) inner = document.context.obj([inner]);
        document.getPage(0).node.set(PDFName.of('Group'), document.context.obj({ S: inner }));
      },
    });
    expect(await rewrite(deep)).toMatchObject({ kind: 'pdf' });
  });

  it('takes nothing along under a name that only looks like drawing', async () => {
    const kept = await rewritten(
      await buildPdf({
        change: (document) => {
          const resources = document.getPage(0).node.Resources() as PDFDict;
          const action = document.context.obj({
            S: 'JavaScript',
            JS: PDFString.of(FILE_CANARY),
            Next: PDFString.of(FILE_CANARY),
          });
          resources.set(PDFName.of('ColorSpace'), document.context.obj({ Cs: action }));
        },
      }),
    );
    expect(hasText(await contentOf(kept), FILE_CANARY)).toBe(false);
  });
});
