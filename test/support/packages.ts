// Packages of data-tier applications for tests, as the tools of SQL Server write them. No Node: editors in a browser make them too.
import { strToU8, zipSync } from 'fflate/browser';

export function model(elements: string): string {
  return `\ufeff<?xml version="1.0" encoding="utf-8"?>
<DataSchemaModel FileFormatVersion="1.2" SchemaVersion="2.9" xmlns="http://schemas.microsoft.com/sqlserver/dac/Serialization/2012/02">
  <Header><CustomData Category="AnsiNulls" /></Header><Model>${elements}</Model>
</DataSchemaModel>`;
}

export function packed(parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const files = Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]);
  return zipSync(Object.fromEntries(files));
}

/** With scripts before and after, and an assembly `Pay`. */
export function dacpac({
  before,
  after,
  assembly,
}: {
  readonly before?: string;
  readonly after?: string;
  readonly assembly?: Uint8Array;
}): Uint8Array {
  return packed({
    ...(before !== undefined && { 'predeploy.sql': before }),
    'model.xml': model(assembly ? assemblyOf(assembly) : ''),
    ...(after !== undefined && { 'postdeploy.sql': after }),
  });
}

function assemblyOf(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `<Element Type="SqlAssembly" Name="[Pay]"><Relationship Name="AssemblySources"><Entry>
    <Element Type="SqlAssemblySource"><Property Name="Source"><Value><![CDATA[0x${hex}]]></Value></Property></Element>
  </Entry></Relationship></Element>`;
}
