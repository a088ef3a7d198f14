// Whether a C# source has to do with SQL Server's CLR integration: asked of every source, so that few of them are parsed.

/** What its namespace `Microsoft.SqlServer.Server` has that nobody can do without. */
const names = [
  'SqlServer.Server',
  'SqlContext',
  'SqlProcedure',
  'SqlFunction',
  'SqlTrigger',
  'SqlUserDefinedType',
  'SqlUserDefinedAggregate',
  'SqlMethod',
  'SqlFacet',
];

const start = 'Sql';

export function speaksOfSqlServer(text: string): boolean {
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + start.length)) {
    for (const name of names) {
      if (text.startsWith(name, at) && !isPartOfName(text.charCodeAt(at - 1)) && endsName(text, at + name.length))
        return true;
    }
  }
  return false;
}

function endsName(text: string, at: number): boolean {
  const end = text.startsWith('Attribute', at) ? at + 'Attribute'.length : at;
  return !isPartOfName(text.charCodeAt(end));
}

/** Letters, digits, `_`, and whatever is not ASCII. */
function isPartOfName(code: number): boolean {
  return (
    (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122) || code > 127
  );
}
