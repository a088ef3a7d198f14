// An image with an attribute certificate behind it, as a signing tool leaves it (PE format, "The Attribute Certificate Table").

/** `pkcs7` is put there as it is. */
export function withAuthenticode(image: Uint8Array, pkcs7: Uint8Array): Uint8Array {
  const size = 8 + pkcs7.length;
  const signed = new Uint8Array(image.length + size);
  signed.set(image);
  signed.set(pkcs7, image.length + 8);
  const view = new DataView(signed.buffer);
  view.setUint32(image.length, size, true);
  view.setUint16(image.length + 4, 0x200, true);
  view.setUint16(image.length + 6, 2, true);
  const optional = view.getUint32(0x3c, true) + 24;
  const directories = optional + (view.getUint16(optional, true) === 0x20b ? 112 : 96);
  view.setUint32(directories + 4 * 8, image.length, true);
  view.setUint32(directories + 4 * 8 + 4, size, true);
  return signed;
}
