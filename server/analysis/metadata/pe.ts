// The PE image and its CLI header (ECMA-335 II.25): where the metadata lies.
import { BadImage, Bytes } from './bytes.js';
import type { CorFlags } from './assembly.js';

export interface PeImage {
  readonly metadata: Bytes;
  readonly flags: CorFlags;
  readonly isExecutable: boolean;
  /** The signature's bytes, where the CLI header names some. */
  strongNameSignature(): Bytes | undefined;
  /** Whether it is right is not looked at. */
  /** The PKCS #7 of an Authenticode signature. */
  readonly authenticode: Bytes | undefined;
  /** The bytes from a relative virtual address to the end of its section. */
  at(rva: number): Bytes;
}

interface Section {
  readonly rva: number;
  readonly size: number;
  readonly offset: number;
}

const maximumSections = 96;

export function readPe(image: Bytes): PeImage {
  if (image.length < 2 || image.u16(0) !== 0x5a4d)
    throw new BadImage('not-pe', 'The bytes do not begin with MZ: this is no PE image', 0);
  const pe = image.u32(0x3c);
  if (pe + 4 > image.length) throw new BadImage('truncated', 'The image ends before its PE header', 0x3c);
  if (image.u32(pe) !== 0x4550)
    throw new BadImage('not-pe', 'There is no PE signature where the DOS header points', pe);
  const sectionCount = image.u16(pe + 6);
  const optional = pe + 24;
  const optionalSize = image.u16(pe + 20);
  const characteristics = image.u16(pe + 22);
  const magic = image.u16(optional);
  if (magic !== 0x10b && magic !== 0x20b)
    throw new BadImage('not-pe', 'The optional header is neither PE32 nor PE32+', optional);
  const directories = optional + (magic === 0x10b ? 96 : 112);
  const directoryCount = image.u32(directories - 4);
  const sections = readSections(image, optional + optionalSize, sectionCount);
  const cliRva = directoryCount > 14 ? image.u32(directories + 14 * 8) : 0;
  if (cliRva === 0)
    throw new BadImage(
      'not-managed',
      'The PE image has no CLI header: it is native code, no .NET assembly',
      directories,
    );
  const at = (rva: number): Bytes => atRva(image, sections, rva);
  const cli = at(cliRva);
  if (cli.u32(0) < 72) throw new BadImage('malformed', 'The CLI header is shorter than ECMA-335 has it', cli.base);
  const value = cli.u32(16);
  const metadataRva = cli.u32(8);
  const metadataSize = cli.u32(12);
  const region = at(metadataRva);
  if (metadataSize > region.length)
    throw new BadImage('truncated', 'The metadata goes on behind the end of the image', region.base);
  const signatureRva = cli.u32(32);
  const signatureSize = cli.u32(36);
  return {
    metadata: region.slice(0, metadataSize),
    flags: {
      value,
      ilOnly: (value & 1) !== 0,
      required32Bit: (value & 2) !== 0,
      strongNameSigned: (value & 8) !== 0,
      nativeEntryPoint: (value & 16) !== 0,
    },
    isExecutable: (characteristics & 0x2000) === 0,
    strongNameSignature: () =>
      signatureRva !== 0 && signatureSize > 0 ? at(signatureRva).slice(0, signatureSize) : undefined,
    authenticode: directoryCount > 4 ? certificateAt(image, directories + 4 * 8) : undefined,
    at,
  };
}

/** A PKCS #7 certificate whose place, here an offset in the file, lies in the image (PE format, attribute certificates). */
function certificateAt(image: Bytes, directory: number): Bytes | undefined {
  const offset = image.u32(directory);
  const size = image.u32(directory + 4);
  if (offset === 0 || size < 8 || offset + size > image.length) return undefined;
  const length = image.u32(offset);
  if (length < 8 || length > size || image.u16(offset + 6) !== 2) return undefined;
  return image.slice(offset + 8, length - 8);
}

function readSections(image: Bytes, at: number, count: number): readonly Section[] {
  if (count > maximumSections) throw new BadImage('malformed', `${count} sections are more than a loader takes`, at);
  return Array.from({ length: count }, (_, index) => {
    const header = at + index * 40;
    return { rva: image.u32(header + 12), size: image.u32(header + 16), offset: image.u32(header + 20) };
  });
}

function atRva(image: Bytes, sections: readonly Section[], rva: number): Bytes {
  const section = sections.find((one) => rva >= one.rva && rva - one.rva < one.size);
  if (!section) throw new BadImage('malformed', `No section holds the address 0x${rva.toString(16)}`);
  const offset = section.offset + (rva - section.rva);
  const end = Math.min(image.length, section.offset + section.size);
  if (offset >= end)
    throw new BadImage('truncated', `The image ends before the section that holds 0x${rva.toString(16)}`, image.length);
  return image.slice(offset, end - offset);
}
