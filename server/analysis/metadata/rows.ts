// The columns and relations that the model is made from, found once an image.
import { OwnedRows, MemberLists } from './relations.js';
import { Table } from './schema.js';
import type { Metadata } from './tables.js';

export type Rows = ReturnType<typeof rowsOf>;

export function rowsOf(metadata: Metadata) {
  const type = metadata.table(Table.TypeDef);
  const field = metadata.table(Table.Field);
  const method = metadata.table(Table.MethodDef);
  const parameter = metadata.table(Table.Param);
  const property = metadata.table(Table.Property);
  const propertyMap = metadata.table(Table.PropertyMap);
  const layout = metadata.table(Table.FieldLayout);
  const constant = metadata.table(Table.Constant);
  const implementation = metadata.table(Table.MethodImpl);
  const imported = metadata.table(Table.ImplMap);
  const semantics = metadata.table(Table.MethodSemantics);
  const interfaces = metadata.table(Table.InterfaceImpl);
  const reference = metadata.table(Table.MemberRef);
  return {
    type: {
      count: type.count,
      flags: type.column('flags'),
      extends: type.column('extends'),
      fields: new MemberLists(type.column('fieldList'), field.count, metadata.table(Table.FieldPtr).column('field')),
      methods: new MemberLists(
        type.column('methodList'),
        method.count,
        metadata.table(Table.MethodPtr).column('method'),
      ),
      interfaces: new OwnedRows(interfaces.column('class')),
      interface: interfaces.column('interface'),
      generic: new OwnedRows(metadata.table(Table.GenericParam).column('owner')),
      propertyMap: new OwnedRows(propertyMap.column('parent')),
      properties: new MemberLists(
        propertyMap.column('propertyList'),
        property.count,
        metadata.table(Table.PropertyPtr).column('property'),
      ),
    },
    field: {
      flags: field.column('flags'),
      name: field.column('name'),
      signature: field.column('signature'),
      layout: new OwnedRows(layout.column('field')),
      offset: layout.column('offset'),
      data: new OwnedRows(metadata.table(Table.FieldRva).column('field')),
      constant: new OwnedRows(constant.column('parent')),
      constantType: constant.column('type'),
      constantValue: constant.column('value'),
    },
    method: {
      rva: method.column('rva'),
      implFlags: method.column('implFlags'),
      flags: method.column('flags'),
      name: method.column('name'),
      signature: method.column('signature'),
      parameters: new MemberLists(
        method.column('paramList'),
        parameter.count,
        metadata.table(Table.ParamPtr).column('param'),
      ),
      overrides: new OwnedRows(implementation.column('body')),
      declaration: implementation.column('declaration'),
      import: new OwnedRows(imported.column('member')),
      importName: imported.column('name'),
      importScope: imported.column('scope'),
      library: metadata.table(Table.ModuleRef).column('name'),
    },
    parameter: {
      flags: parameter.column('flags'),
      sequence: parameter.column('sequence'),
      name: parameter.column('name'),
    },
    property: {
      name: property.column('name'),
      signature: property.column('signature'),
      semantics: new OwnedRows(semantics.column('association')),
      semanticsKind: semantics.column('semantics'),
      semanticsMethod: semantics.column('method'),
    },
    reference: {
      parent: reference.column('parent'),
      name: reference.column('name'),
      signature: reference.column('signature'),
    },
  };
}
