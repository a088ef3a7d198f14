// Bytes of a script to text: by byte order mark, then as UTF-8, then in a code page, Windows 1252 where none is named.

export function decode(bytes: Uint8Array, codePage = 'windows-1252'): string {
  const marked = encodingOfMark(bytes);
  if (marked) return new TextDecoder(marked).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Of which class the error is says nothing: in a worker the decoder can be of another realm.
    return new TextDecoder(codePage).decode(bytes);
  }
}

function encodingOfMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}
