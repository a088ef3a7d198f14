// Microsoft.Data.SqlClient, which has the types of the framework's System.Data.SqlClient in a namespace of its own.
// Sources: learn.microsoft.com "Introduction to Microsoft.Data.SqlClient namespace"; dotnet/SqlClient "porting-cheat-sheet.md": the
// namespace is what changes, Context Connection is not there; read 2026-11.

/** Package, assembly and namespace. */
export const otherProvider = 'Microsoft.Data.SqlClient';
const own = 'System.Data.SqlClient';

/** The framework's type that is like it: for a type of the other provider, and for any other that type itself. */
export function frameworksOwn(type: string): string {
  return type.startsWith(`${otherProvider}.`) ? own + type.slice(otherProvider.length) : type;
}

/** The other way round. */
export function othersOwn(type: string): string {
  return type.startsWith(`${own}.`) ? otherProvider + type.slice(own.length) : type;
}
