// Members of the framework that hand on what they are given, whole, in part or in another form. What is not here is not known to.
// Source: .NET Framework 4.8 API reference (System, System.Collections, System.Data.SqlTypes, System.IO, System.Linq, System.Text,
// System.Uri, System.Xml); read 2026-11.
import type { HarmName } from './input-sinks.js';
import { frameworksOwn } from './sql-clients.js';

/** `this`, the arguments, or one of them by number; to the result, the object it is called on, or an argument that is filled. */
export type CarriedFrom = 'this' | 'arguments' | number;
export type CarriedTo = 'result' | 'this' | number;

export interface Carrier {
  readonly from: readonly CarriedFrom[];
  readonly to: CarriedTo;
  /** What the value can do no harm as any more. */
  readonly clears: readonly HarmName[];
  /** It is put together with other text. */
  readonly isJoined?: boolean;
  /** Nothing is changed that would matter to a check. */
  readonly isSame?: boolean;
  /** It goes to a parameter of the delegate that is an argument, and what that gives to the result. */
  readonly delegate?: { readonly at: number; readonly parameter: number };
  /** Not where the argument is a string: then it names what is read. */
  readonly exceptText?: boolean;
}

type Row = readonly [type: string, members: readonly string[], carrier: Omit<Carrier, 'clears'> & Partial<Carrier>];

const fromThis = { from: ['this'], to: 'result' } as const;
const fromArguments = { from: ['arguments'], to: 'result' } as const;
const fromFirst = { from: [0], to: 'result' } as const;
const fromBoth = { from: ['this', 'arguments'], to: 'result' } as const;
const intoThis = { from: ['arguments'], to: 'this' } as const;
const toDelegate = { delegate: { at: 1, parameter: 0 } } as const;
const same = { isSame: true } as const;

const sqlTypes = 'System.Data.SqlTypes.';

const rows: readonly Row[] = [
  ['System.Array', ['Clone'], fromThis],
  ['System.Data.Common.DbConnectionStringBuilder', ['get_ConnectionString', 'ToString'], fromThis],
  ['System.Data.Common.DbConnectionStringBuilder', ['set_ConnectionString'], intoThis],
  ['System.Data.DataRow', ['get_Item', 'get_ItemArray'], fromThis],
  ['System.Data.DataRowCollection', ['get_Item', 'GetEnumerator'], fromThis],
  ['System.Data.DataSet', ['get_Tables'], fromThis],
  ['System.Data.DataTable', ['get_Rows', 'Select'], fromThis],
  ['System.Data.DataTableCollection', ['get_Item'], fromThis],
  ['System.Data.InternalDataCollectionBase', ['GetEnumerator'], fromThis],
  ['System.Array', ['ConstrainedCopy', 'Copy'], { from: [0], to: 1 }],
  ['System.Array', ['ConvertAll'], { from: [0], to: 'result', ...toDelegate }],
  ['System.Buffer', ['BlockCopy'], { from: [0], to: 2 }],
  ['System.Convert', ['FromBase64String', 'ToBase64String', 'ToString'], fromFirst],
  ['System.Data.SqlClient.SqlConnectionStringBuilder', ['.ctor'], fromFirst],
  [`${sqlTypes}SqlBinary`, ['.ctor', 'Add', 'Concat', 'op_Addition', 'op_Explicit', 'op_Implicit'], fromArguments],
  [`${sqlTypes}SqlBinary`, ['get_Value'], { ...fromThis, ...same }],
  [`${sqlTypes}SqlBytes`, ['.ctor', 'op_Explicit'], fromArguments],
  [`${sqlTypes}SqlBytes`, ['get_Buffer', 'get_Stream', 'get_Value', 'ToSqlBinary'], { ...fromThis, ...same }],
  [`${sqlTypes}SqlBytes`, ['Read'], { from: ['this'], to: 1 }],
  [`${sqlTypes}SqlChars`, ['.ctor', 'op_Explicit'], { ...fromArguments, ...same }],
  [`${sqlTypes}SqlChars`, ['get_Buffer', 'get_Value', 'ToSqlString'], { ...fromThis, ...same }],
  [`${sqlTypes}SqlChars`, ['Read'], { from: ['this'], to: 1 }],
  [`${sqlTypes}SqlString`, ['.ctor', 'op_Explicit', 'op_Implicit'], { ...fromFirst, ...same }],
  [`${sqlTypes}SqlString`, ['Add', 'Concat', 'op_Addition'], { ...fromArguments, isJoined: true }],
  [`${sqlTypes}SqlString`, ['Clone', 'get_Value', 'ToString'], { ...fromThis, ...same }],
  [`${sqlTypes}SqlString`, ['GetNonUnicodeBytes', 'GetUnicodeBytes'], fromThis],
  [`${sqlTypes}SqlXml`, ['.ctor'], fromArguments],
  [`${sqlTypes}SqlXml`, ['CreateReader', 'get_Value'], fromThis],
  ['System.IO.BinaryReader', ['.ctor'], fromFirst],
  ['System.IO.BinaryReader', ['get_BaseStream', 'ReadBytes', 'ReadChars', 'ReadString'], fromThis],
  ['System.IO.Compression.DeflateStream', ['.ctor'], fromFirst],
  ['System.IO.Compression.GZipStream', ['.ctor'], fromFirst],
  ['System.IO.DirectoryInfo', ['.ctor'], { ...fromFirst, ...same }],
  ['System.IO.FileInfo', ['.ctor'], { ...fromFirst, ...same }],
  ['System.IO.FileInfo', ['get_Directory', 'get_DirectoryName'], fromThis],
  ['System.IO.FileSystemInfo', ['get_FullName'], { ...fromThis, ...same }],
  ['System.IO.FileSystemInfo', ['get_Extension', 'get_Name'], { ...fromThis, clears: ['path'] }],
  ['System.IO.MemoryStream', ['.ctor'], fromFirst],
  ['System.IO.MemoryStream', ['GetBuffer', 'ToArray'], fromThis],
  ['System.IO.MemoryStream', ['Write'], intoThis],
  ['System.IO.Path', ['ChangeExtension'], fromArguments],
  ['System.IO.Path', ['Combine'], { ...fromArguments, isJoined: true }],
  ['System.IO.Path', ['GetDirectoryName', 'GetPathRoot'], fromFirst],
  [
    'System.IO.Path',
    ['GetExtension', 'GetFileName', 'GetFileNameWithoutExtension'],
    { ...fromFirst, clears: ['path'] },
  ],
  ['System.IO.Path', ['GetFullPath'], { ...fromFirst, ...same }],
  ['System.IO.Stream', ['CopyTo'], { from: ['this'], to: 0 }],
  ['System.IO.Stream', ['Read'], { from: ['this'], to: 0 }],
  ['System.IO.Stream', ['Write'], intoThis],
  ['System.IO.StreamReader', ['.ctor'], { ...fromFirst, exceptText: true }],
  ['System.IO.StringReader', ['.ctor'], fromFirst],
  ['System.IO.StringWriter', ['ToString'], fromThis],
  ['System.IO.TextReader', ['ReadLine', 'ReadToEnd'], fromThis],
  ['System.IO.StreamReader', ['ReadLine', 'ReadToEnd'], fromThis],
  ['System.IO.StringReader', ['ReadLine', 'ReadToEnd'], fromThis],
  ['System.IO.TextWriter', ['Write', 'WriteLine'], { ...intoThis, isJoined: true }],
  ['System.Linq.Enumerable', ['AsEnumerable', 'Cast', 'DefaultIfEmpty', 'Distinct', 'ElementAt'], fromFirst],
  ['System.Linq.Enumerable', ['First', 'FirstOrDefault', 'Last', 'LastOrDefault', 'OfType', 'OrderBy'], fromFirst],
  ['System.Linq.Enumerable', ['Reverse', 'Single', 'SingleOrDefault', 'Skip', 'Take', 'ToArray', 'ToList'], fromFirst],
  ['System.Linq.Enumerable', ['Concat', 'Union'], fromArguments],
  [
    'System.Linq.Enumerable',
    ['Except', 'GroupBy', 'OrderByDescending', 'ThenBy', 'ToDictionary', 'ToLookup'],
    fromFirst,
  ],
  [
    'System.Linq.Enumerable',
    ['GroupBy', 'Select', 'SelectMany', 'ToDictionary', 'ToLookup'],
    { ...fromFirst, ...toDelegate },
  ],
  [
    'System.Linq.Enumerable',
    ['GroupBy', 'SelectMany', 'ToDictionary', 'ToLookup'],
    { ...fromFirst, delegate: { at: 2, parameter: 0 } },
  ],
  ['System.Linq.Enumerable', ['Aggregate'], { ...fromFirst, delegate: { at: 2, parameter: 1 } }],
  ['System.Linq.Enumerable', ['Aggregate'], { ...fromFirst, delegate: { at: 1, parameter: 1 } }],
  ['System.Linq.Enumerable', ['Aggregate'], { ...fromFirst, delegate: { at: 1, parameter: 0 } }],
  ['System.Linq.Enumerable', ['Zip'], { ...fromFirst, delegate: { at: 2, parameter: 0 } }],
  ['System.Linq.Enumerable', ['Zip'], { from: [1], to: 'result', delegate: { at: 2, parameter: 1 } }],
  ['System.Linq.IGrouping`2', ['get_Key'], fromThis],
  ['System.Net.WebUtility', ['UrlDecode'], fromFirst],
  ['System.Net.WebUtility', ['UrlEncode'], { ...fromFirst, clears: ['url'] }],
  ['System.Nullable`1', ['.ctor'], fromArguments],
  ['System.Nullable`1', ['get_Value', 'GetValueOrDefault'], fromThis],
  ['System.Object', ['ToString'], { ...fromThis, ...same }],
  ['System.Runtime.CompilerServices.FormattableStringFactory', ['Create'], { ...fromArguments, isJoined: true }],
  ['System.String', ['.ctor'], fromFirst],
  ['System.String', ['Concat', 'Format', 'Join'], { ...fromArguments, isJoined: true }],
  ['System.String', ['Clone', 'Normalize', 'ToLower', 'ToLowerInvariant', 'ToString'], { ...fromThis, ...same }],
  ['System.String', ['Trim', 'TrimEnd', 'TrimStart', 'ToUpper', 'ToUpperInvariant'], { ...fromThis, ...same }],
  ['System.String', ['Copy', 'Intern'], { ...fromFirst, ...same }],
  ['System.String', ['PadLeft', 'PadRight', 'Remove', 'Split', 'Substring', 'ToCharArray'], fromThis],
  ['System.String', ['Insert'], { ...fromBoth, isJoined: true }],
  ['System.String', ['Replace'], fromThis],
  ['System.String', ['Replace'], { from: [1], to: 'result', isJoined: true }],
  ['System.Text.Encoding', ['GetBytes', 'GetChars', 'GetString'], fromFirst],
  ['System.Text.RegularExpressions.Regex', ['Escape'], { ...fromFirst, clears: ['pattern'] }],
  ['System.Text.RegularExpressions.Regex', ['Unescape'], fromFirst],
  ['System.Text.StringBuilder', ['.ctor'], fromFirst],
  ['System.Text.StringBuilder', ['Append', 'AppendFormat', 'AppendLine', 'Insert'], { ...intoThis, isJoined: true }],
  ['System.Text.StringBuilder', ['Append', 'AppendFormat', 'AppendLine', 'Insert', 'Remove', 'Replace'], fromThis],
  ['System.Text.StringBuilder', ['Replace'], { from: [1], to: 'this', isJoined: true }],
  ['System.Text.StringBuilder', ['ToString'], { ...fromThis, ...same }],
  ['System.Uri', ['.ctor'], { ...fromArguments, ...same }],
  ['System.Uri', ['EscapeDataString'], { ...fromFirst, clears: ['url'] }],
  ['System.Uri', ['EscapeUriString', 'UnescapeDataString'], fromFirst],
  [
    'System.Uri',
    ['get_AbsoluteUri', 'get_Host', 'get_DnsSafeHost', 'get_Authority', 'ToString'],
    { ...fromThis, ...same },
  ],
  ['System.Uri', ['get_LocalPath', 'get_OriginalString'], fromThis],
  [
    'System.Uri',
    ['get_AbsolutePath', 'get_Fragment', 'get_PathAndQuery', 'get_Query'],
    { ...fromThis, clears: ['url'] },
  ],
  ['System.Uri', ['TryCreate'], { from: [0], to: 2 }],
  ['System.UriBuilder', ['.ctor'], fromArguments],
  ['System.UriBuilder', ['set_Host'], intoThis],
  ['System.UriBuilder', ['get_Uri', 'ToString'], fromThis],
  ['System.Web.HttpUtility', ['UrlDecode'], fromFirst],
  ['System.Web.HttpUtility', ['UrlEncode'], { ...fromFirst, clears: ['url'] }],
  ['System.Xml.Linq.XContainer', ['Descendants', 'Element', 'Elements'], fromThis],
  ['System.Xml.Linq.XDocument', ['get_Root', 'ToString'], fromThis],
  ['System.Xml.Linq.XDocument', ['Load', 'Parse'], { ...fromFirst, exceptText: false }],
  ['System.Xml.Linq.XElement', ['Attribute', 'Attributes', 'get_Value', 'op_Explicit', 'ToString'], fromThis],
  ['System.Xml.Linq.XElement', ['op_Explicit', 'Parse'], fromFirst],
  ['System.Xml.Linq.XAttribute', ['get_Value'], fromThis],
  ['System.Xml.Linq.XAttribute', ['op_Explicit'], fromFirst],
  ['System.Xml.XmlDocument', ['Load'], { ...intoThis, exceptText: true }],
  ['System.Xml.XmlDocument', ['LoadXml'], intoThis],
  ['System.Xml.XmlDocument', ['get_DocumentElement', 'GetElementById', 'GetElementsByTagName'], fromThis],
  ['System.Xml.XmlElement', ['GetAttribute', 'GetAttributeNode', 'GetElementsByTagName'], fromThis],
  ['System.Xml.XmlNamedNodeMap', ['GetNamedItem', 'Item'], fromThis],
  ['System.Xml.XmlAttributeCollection', ['get_ItemOf'], fromThis],
  [
    'System.Xml.XmlNode',
    ['get_Attributes', 'get_ChildNodes', 'get_FirstChild', 'get_InnerText', 'get_InnerXml'],
    fromThis,
  ],
  [
    'System.Xml.XmlNode',
    ['get_Item', 'get_LastChild', 'get_OuterXml', 'get_Value', 'SelectNodes', 'SelectSingleNode'],
    fromThis,
  ],
  ['System.Xml.XmlNodeList', ['get_ItemOf', 'GetEnumerator', 'Item'], fromThis],
  ['System.Xml.XmlReader', ['Create'], { ...fromFirst, exceptText: true }],
  ['System.Xml.XmlReader', ['get_Value', 'GetAttribute', 'ReadElementContentAsString', 'ReadElementString'], fromThis],
  ['System.Xml.XmlReader', ['ReadContentAsString', 'ReadInnerXml', 'ReadOuterXml', 'ReadString'], fromThis],
  ['System.Xml.XmlTextReader', ['.ctor'], { ...fromFirst, exceptText: true }],
];

/** Of everything in System.Collections and below, and of tuples: what is put in, and what comes out. */
const into = [
  'Add',
  'AddAfter',
  'AddBefore',
  'AddFirst',
  'AddLast',
  'AddOrUpdate',
  'AddRange',
  'Append',
  'Enqueue',
  'Insert',
  'InsertRange',
  'Push',
  'set_Item',
  'TryAdd',
  'UnionWith',
];
const outOf = [
  'AsReadOnly',
  'Clone',
  'Dequeue',
  'Find',
  'FindAll',
  'get_Current',
  'get_First',
  'get_Item',
  'get_Key',
  'get_Keys',
  'get_Last',
  'get_Value',
  'get_Values',
  'GetEnumerator',
  'GetRange',
  'GetValues',
  'Peek',
  'Pop',
  'ToArray',
];
const collections: ReadonlyMap<string, readonly Carrier[]> = new Map<string, readonly Carrier[]>([
  ['.ctor', [{ ...fromArguments, clears: [] }]],
  ...into.map((member): [string, readonly Carrier[]] => [member, [{ ...intoThis, clears: [] }]]),
  ...outOf.map((member): [string, readonly Carrier[]] => [member, [{ ...fromThis, clears: [] }]]),
  ['CopyTo', [{ from: ['this'], to: 0, clears: [] }]],
  ['ForEach', [{ ...fromThis, delegate: { at: 0, parameter: 0 }, clears: [] }]],
  ['ConvertAll', [{ ...fromThis, delegate: { at: 0, parameter: 0 }, clears: [] }]],
  ['TryGetValue', [{ from: ['this'], to: 1, clears: [] }]],
]);

const tuples: ReadonlyMap<string, readonly Carrier[]> = new Map<string, readonly Carrier[]>([
  ['.ctor', [{ ...fromArguments, clears: [] }]],
  ['Create', [{ ...fromArguments, clears: [] }]],
  ...[1, 2, 3, 4, 5].map((item): [string, readonly Carrier[]] => [`get_Item${item}`, [{ ...fromThis, clears: [] }]]),
]);

export const inputCarriers: readonly (Carrier & { readonly type: string; readonly member: string })[] = rows.flatMap(
  ([type, members, carrier]) => members.map((member) => ({ clears: [], ...carrier, type, member })),
);

const byMember = new Map<string, Carrier[]>();
for (const carrier of inputCarriers) {
  const key = `${carrier.type}::${carrier.member}`;
  byMember.set(key, [...(byMember.get(key) ?? []), carrier]);
}

export function findCarriers(type: string, member: string): readonly Carrier[] {
  const found = byMember.get(`${frameworksOwn(type)}::${member}`);
  if (found) return found;
  if (type.startsWith('System.Collections.')) return collections.get(member) ?? [];
  if (/^System\.(?:Value)?Tuple(?:`\d)?$/.test(type)) return tuples.get(member) ?? [];
  // Encodings override what Encoding declares.
  return /^System\.Text\.\w+Encoding$/.test(type) ? (byMember.get(`System.Text.Encoding::${member}`) ?? []) : [];
}
