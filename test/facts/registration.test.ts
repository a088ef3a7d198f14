// What CREATE, ALTER and DROP ASSEMBLY check, as learn.microsoft.com has it: "CREATE ASSEMBLY", "ALTER ASSEMBLY", "DROP ASSEMBLY",
// "Assemblies: designing", "CLR integration: programming model restrictions", "Host protection attributes".
import { holdFacts, made, methods, type Fact } from '../support/facts.js';

const run = methods('[SqlProcedure] public static void Run() { }');
const unsafe = 'EXTERNAL_ACCESS';
const inBytes = (page: string): { readonly whyNot: string } => ({
  whyNot: `It shows in bytes alone, which the page of ${page} has`,
});
const code = (cs: string, set = 'SAFE', more = ''): { readonly sql: string; readonly cs: Record<string, string> } => ({
  sql: `${made('A', set)}${more}`,
  cs: { A: cs },
});

const facts: readonly Fact[] = [
  // CREATE ASSEMBLY, all permission sets.
  {
    fact: 'The bytes are a PE image with metadata',
    sql: 'CREATE ASSEMBLY A FROM 0x00112233;',
    found: ['invalid-assembly-image 6565'],
  },
  { fact: 'The image is pure IL, without a native entry point', ...inBytes('invalid-assembly-image') },
  { fact: 'Each reference is registered, supported or handed over', ...inBytes('unregistered-dependency') },
  { fact: 'An assembly has one module', ...inBytes('invalid-assembly-image') },
  {
    fact: 'Executables are no libraries',
    whyNot: 'One page says so, and CREATE ASSEMBLY does not: no number is documented',
  },
  {
    fact: 'The name is new in the database',
    sql: `${made('A')}${made('A')}`,
    cs: { A: run },
    found: ['duplicate-assembly 6246'],
  },
  {
    fact: 'A name is new again behind DROP',
    sql: `${made('A')}DROP ASSEMBLY A;\nGO\n${made('A')}`,
    cs: { A: run },
    notFound: ['duplicate-assembly'],
  },
  {
    fact: 'The name is no system assembly',
    sql: "CREATE ASSEMBLY [System.Xml] FROM 'x.dll';",
    found: ['system-assembly-registered 6596'],
  },
  { fact: 'Two versions of one identity do not stand side by side', ...inBytes('duplicate-assembly') },
  { fact: 'Cultures of one assembly stand side by side under names of their own', ...inBytes('duplicate-assembly') },
  {
    fact: 'What is referenced has the same owner',
    sql: `${made('E', 'SAFE', 'Boss')}${made('A', 'SAFE', 'Clerk')}`,
    cs: {
      E: 'public static class E { public static int Now() { return 1; } }',
      'A:E': methods('[SqlFunction] public static int Now() { return E.Now(); }'),
    },
    found: ['owner-mismatch 6548'],
  },
  {
    fact: 'What is referenced is in the same database',
    sql: `${made('E')}USE Other;\nGO\n${made('A')}`,
    cs: {
      E: 'public static class E { public static int Now() { return 1; } }',
      'A:E': methods('[SqlFunction] public static int Now() { return E.Now(); }'),
    },
    notFound: ['owner-mismatch'],
  },
  { fact: 'The runtime that it is built for is not above the host', ...inBytes('invalid-assembly-image') },
  {
    fact: 'Of several images the first is the assembly, and others that nothing references are ignored',
    ...inBytes('unregistered-dependency'),
  },
  // CREATE ASSEMBLY, SAFE and EXTERNAL_ACCESS.
  {
    fact: 'Code is verifiable',
    ...code('public static class P { public static unsafe void Run(int* p) { *p = 1; } }'),
    found: ['unverifiable-code'],
  },
  {
    fact: 'UNSAFE code need not be',
    ...code('public static class P { public static unsafe void Run(int* p) { *p = 1; } }', 'UNSAFE'),
    notFound: ['unverifiable-code'],
  },
  {
    fact: 'Static fields are readonly or const',
    ...code(methods('public static int Count;')),
    found: ['mutable-static-field 6211'],
  },
  {
    fact: 'readonly and const are taken',
    ...code(methods('public static readonly int Count = 1; public const int Most = 2;'), unsafe),
    notFound: ['mutable-static-field'],
  },
  { fact: 'There is no finalizer', ...code('public class P { ~P() { } }'), found: ['finalizer 6216'] },
  {
    fact: 'No method is synchronized',
    ...code(
      methods(
        '[System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)] public static void Run() { }',
      ),
    ),
    found: ['refused-attribute 6213'],
  },
  {
    fact: 'No method is P/Invoke',
    ...code(methods('[DllImport("kernel32")] public static extern void Beep();'), unsafe),
    found: ['native-call 6265'],
  },
  {
    fact: 'No attribute is one of those that are disallowed',
    ...code(methods('[ThreadStatic] private static int x;')),
    found: ['refused-attribute 6238'],
  },
  {
    fact: 'UNSAFE assemblies are not looked at',
    ...code(methods('public static int Count; [DllImport("kernel32")] public static extern void Beep();'), 'UNSAFE'),
    notFound: ['native-call', 'mutable-static-field'],
  },
  {
    fact: 'Static data is found in the metadata at CREATE, called or not',
    ...code('class Hidden { static int count; }'),
    found: ['mutable-static-field 6211'],
  },
  // When it runs.
  {
    fact: 'Assemblies made or loaded from bytes are refused in every set',
    ...code(
      methods('[SqlProcedure] public static void Run(byte[] b) { System.Reflection.Assembly.Load(b); }'),
      'UNSAFE',
      'CREATE PROCEDURE dbo.Run @b varbinary(10) AS EXTERNAL NAME A.P.Run;',
    ),
    found: ['dynamic-assembly-load 6522'],
  },
  {
    fact: 'What emits an assembly is refused in every set',
    ...code(
      methods(
        '[SqlProcedure] public static void Run() { AppDomain.CurrentDomain.DefineDynamicAssembly(new System.Reflection.AssemblyName("x"), System.Reflection.Emit.AssemblyBuilderAccess.Run); }',
      ),
      'UNSAFE',
    ),
    found: ['runtime-code-generation 6522'],
  },
  {
    fact: 'Compiled regular expressions and expressions emit code',
    whyNot: 'An inference: they make dynamic methods without an assembly to load, which nothing is known to refuse',
  },
  {
    fact: 'Members with HostProtection fail',
    ...code(
      methods(
        'private static readonly object gate = new object(); [SqlProcedure] public static void Run() { lock (gate) { } }',
      ),
    ),
    found: ['host-protected-member 6522'],
  },
  {
    fact: 'What demands a permission outside of the set fails',
    ...code(methods('[SqlProcedure] public static void Run() { File.ReadAllText("C:\\\\x"); }')),
    found: ['insufficient-permission-set 6522'],
  },
  {
    fact: 'Calls into strong-named assemblies without AllowPartiallyTrustedCallers fail',
    ...inBytes('partially-trusted-caller'),
  },
  {
    fact: 'Such checks are made when code runs, so that what is never reached does no harm',
    ...code(
      methods(
        '[SqlProcedure] public static void Run() { } private static void Never() { File.ReadAllText("C:\\\\x"); }',
      ),
    ),
    notFound: ['insufficient-permission-set'],
  },
  // ALTER ASSEMBLY.
  { fact: 'What routines are bound to keeps its signature', ...inBytes('incompatible-upgrade') },
  { fact: 'References, and what is bound or referenced, do not change', ...inBytes('incompatible-upgrade') },
  {
    fact: 'Fields of native types do not change',
    whyNot: 'Stored values are not known: said of format, order and size on the page of incompatible-upgrade',
  },
  { fact: 'Bodies, and members that are added, may change', ...inBytes('incompatible-upgrade') },
  { fact: 'Of the version of what is referenced, the revision may change', ...inBytes('incompatible-upgrade') },
  {
    fact: 'ALTER FROM is taken where no file is associated',
    sql: `${made('A')}ALTER ASSEMBLY A ADD FILE FROM 0x61 AS 'a.cs';\nGO\nALTER ASSEMBLY A FROM 'a.dll';`,
    cs: { A: run },
    found: ['associated-file 6541'],
  },
  {
    fact: 'What it depends on is altered by itself',
    whyNot: 'Nothing is refused: the statement is left out or it is not',
  },
  { fact: 'The same bytes again are refused', ...inBytes('incompatible-upgrade') },
  {
    fact: 'UNCHECKED DATA leaves data that is not checked',
    sql: `${made('A')}ALTER ASSEMBLY A FROM 'a.dll' WITH UNCHECKED DATA;`,
    cs: { A: run },
    found: ['unchecked-data 6288'],
  },
  { fact: 'Sessions that run finish with the old code', whyNot: 'It is so while a server runs; no script shows it' },
  // DROP ASSEMBLY.
  {
    fact: 'DROP fails while a routine is bound',
    sql: `${made('A')}CREATE PROCEDURE dbo.Run AS EXTERNAL NAME A.P.Run;\nGO\nDROP ASSEMBLY A;`,
    cs: { A: run },
    found: ['dropped-dependents 6590'],
  },
  {
    fact: 'DROP fails while another assembly references it',
    sql: `${made('E')}${made('A')}DROP ASSEMBLY E;`,
    cs: {
      E: 'public static class E { public static int Now() { return 1; } }',
      'A:E': methods('[SqlFunction] public static int Now() { return E.Now(); }'),
    },
    found: ['dropped-dependents 6589'],
  },
  {
    fact: 'DROP takes along what it references',
    sql: `${made('E')}${made('A')}DROP ASSEMBLY A;`,
    cs: {
      E: 'public static class E { public static int Now() { return 1; } }',
      'A:E': methods('[SqlFunction] public static int Now() { return E.Now(); }'),
    },
    found: ['dropped-dependents'],
  },
  { fact: 'DROP needs the assembly, or CONTROL of it', whyNot: 'Who runs a script is not known' },
  // What was seen.
  {
    fact: 'In SQL Server 2005 an anonymous method was refused for the field that caches its delegate',
    whyNot: 'Seen once, with a compiler of 2006; whether today is so is not known',
  },
  {
    fact: 'Lambdas as Roslyn compiles them were not tried on a server',
    ...code(methods('[SqlProcedure] public static void Run() { Func<int> f = () => 1; f(); }')),
    notFound: ['mutable-static-field'],
  },
  {
    fact: 'Iterators register as SAFE',
    ...code(
      methods(
        '[SqlFunction(FillRowMethodName = "Fill")] public static IEnumerable F() { yield return 1; } public static void Fill(object row, out int v) { v = 1; }',
      ),
    ),
    notFound: ['mutable-static-field', 'finalizer', 'refused-attribute'],
  },
  {
    fact: 'Messages write the permission set in small letters',
    whyNot: 'How SQL Server prints it; messages here are our own',
  },
  { fact: 'Large libraries fail for their static fields', whyNot: 'An instance of static fields, above' },
];

holdFacts(facts);
