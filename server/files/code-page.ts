// Names and numbers of code pages as the decoder of the platform knows them.
// Source: learn.microsoft.com "Code Page Identifiers"; encoding.spec.whatwg.org "Names and labels"; read 2026-11.

const byNumber: Readonly<Record<string, string>> = {
  '874': 'windows-874',
  '932': 'shift_jis',
  '936': 'gbk',
  '949': 'euc-kr',
  '950': 'big5',
  '1200': 'utf-16le',
  '1201': 'utf-16be',
  '20866': 'koi8-r',
  '21866': 'koi8-u',
  '54936': 'gb18030',
  '65001': 'utf-8',
};

/** By name (`gbk`), number (`936`) or both (`cp1252`). */
export function findEncoding(name: string): string | undefined {
  const number = /^(?:cp)?(\d{3,5})$/i.exec(name)?.[1];
  try {
    return new TextDecoder(number === undefined ? name : (byNumber[number] ?? `windows-${number}`)).encoding;
  } catch {
    return undefined;
  }
}
