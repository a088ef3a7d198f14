// Members that demand FileIOPermission for a path and do nothing but name it: no file is asked for, whoever the thread is.
// Source: .NET Framework reference source, system/io/fileinfo.cs, directoryinfo.cs, filesysteminfo.cs; read 2026-11.

const members: Readonly<Record<string, readonly string[]>> = {
  'System.IO.FileInfo': ['.ctor', 'get_Directory', 'get_DirectoryName', 'get_Name'],
  'System.IO.DirectoryInfo': ['.ctor', 'get_Name', 'get_Parent', 'get_Root'],
  'System.IO.FileSystemInfo': ['get_Extension', 'get_FullName', 'get_Name'],
};

export function onlyNames(type: string, member: string): boolean {
  return members[type]?.includes(member) ?? false;
}
