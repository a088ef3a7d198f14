// Members of the framework that a reviewer wants to see wherever they are called, by what they are used for.
// Sources: learn.microsoft.com "CLR Hosting", "Allowed and disallowed types and members", "Assembly loading is disabled",
// .NET Framework 4.8 API reference; read 2026-11.

export type Notable =
  | 'code generation'
  | 'assembly load'
  | 'serialization assembly'
  | 'assert'
  | 'thread state'
  | 'domain state'
  | 'call context state'
  | 'protected data'
  | 'debug privilege'
  | 'native delegate'
  | 'late call'
  | 'shutdown';

type Row = readonly [type: string, members: '*' | readonly string[], notable: Notable];

export const notableRows: readonly Row[] = [
  ['System.Activator', ['CreateInstance'], 'late call'],
  ['System.Activator', ['CreateInstanceFrom', 'CreateComInstanceFrom'], 'assembly load'],
  [
    'System.AppDomain',
    [
      'CreateInstanceFrom',
      'CreateInstanceFromAndUnwrap',
      'CreateComInstanceFrom',
      'ExecuteAssembly',
      'ExecuteAssemblyByName',
      'Load',
    ],
    'assembly load',
  ],
  ['System.AppDomain', ['DefineDynamicAssembly'], 'code generation'],
  ['System.AppDomain', ['SetData'], 'domain state'],
  [
    'System.CodeDom.Compiler.CodeDomProvider',
    ['CompileAssemblyFromDom', 'CompileAssemblyFromFile', 'CompileAssemblyFromSource'],
    'code generation',
  ],
  [
    'System.CodeDom.Compiler.ICodeCompiler',
    [
      'CompileAssemblyFromDom',
      'CompileAssemblyFromDomBatch',
      'CompileAssemblyFromFile',
      'CompileAssemblyFromFileBatch',
      'CompileAssemblyFromSource',
      'CompileAssemblyFromSourceBatch',
    ],
    'code generation',
  ],
  ['System.Diagnostics.Process', ['EnterDebugMode'], 'debug privilege'],
  ['System.Environment', ['Exit', 'FailFast'], 'shutdown'],
  [
    'System.Reflection.Assembly',
    [
      'Load',
      'LoadFile',
      'LoadFrom',
      'LoadModule',
      'LoadWithPartialName',
      'ReflectionOnlyLoad',
      'ReflectionOnlyLoadFrom',
      'UnsafeLoadFrom',
    ],
    'assembly load',
  ],
  ['System.Reflection.Emit.AssemblyBuilder', ['DefineDynamicAssembly', 'DefineDynamicModule'], 'code generation'],
  ['System.Reflection.Emit.DynamicMethod', ['.ctor'], 'code generation'],
  ['System.Reflection.Emit.MethodBuilder', '*', 'code generation'],
  ['System.Reflection.Emit.ModuleBuilder', '*', 'code generation'],
  ['System.Reflection.Emit.TypeBuilder', '*', 'code generation'],
  ['System.Runtime.InteropServices.Marshal', ['GetDelegateForFunctionPointer'], 'native delegate'],
  ['System.Delegate', ['DynamicInvoke'], 'late call'],
  ['System.Reflection.Assembly', ['CreateInstance'], 'late call'],
  ['System.Reflection.ConstructorInfo', ['Invoke'], 'late call'],
  ['System.Reflection.MethodBase', ['Invoke'], 'late call'],
  ['System.Reflection.MethodInfo', ['Invoke'], 'late call'],
  ['System.Type', ['InvokeMember'], 'late call'],
  [
    'System.Runtime.Remoting.Messaging.CallContext',
    ['SetData', 'LogicalSetData', 'SetHeaders', 'set_HostContext'],
    'call context state',
  ],
  ['System.Security.CodeAccessPermission', ['Assert'], 'assert'],
  ['System.Security.IStackWalk', ['Assert'], 'assert'],
  ['System.Security.PermissionSet', ['Assert'], 'assert'],
  ['System.Security.Cryptography.ProtectedData', ['Unprotect'], 'protected data'],
  ['System.Threading.AsyncLocal`1', ['set_Value'], 'call context state'],
  ['System.Threading.Thread', ['SetData'], 'thread state'],
  ['System.Threading.ThreadLocal`1', ['set_Value'], 'thread state'],
  ['System.Xml.Serialization.XmlSerializer', ['.ctor', 'FromMappings', 'FromTypes'], 'serialization assembly'],
  ['System.Xml.Serialization.XmlSerializerFactory', ['CreateSerializer'], 'serialization assembly'],
];

const notables: ReadonlyMap<string, Notable> = new Map(
  notableRows.flatMap(([type, members, notable]) =>
    (members === '*' ? ['*'] : members).map((member): [string, Notable] => [`${type}::${member}`, notable]),
  ),
);

/** Types are those that declare the member. */
export function findNotable(type: string, member: string): Notable | undefined {
  return notables.get(`${type}::${member}`) ?? notables.get(`${type}::*`);
}
