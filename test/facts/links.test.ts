// Links, partially trusted callers and application domains, as learn.microsoft.com has them: "Links in CLR integration security",
// "CLR integration security", "Application domains and CLR integration security", "Permissions: GRANT, CREATE TYPE, DROP TYPE".
import { holdFacts, made, methods, type Fact } from '../support/facts.js';

const empty = 'public static class E { public static int Now() { return 1; } }';
const procedure = methods('[SqlProcedure] public static void Run() { }');
const point = (extra = ''): string =>
  `[SqlUserDefinedType(Format.Native)] public struct Point : INullable { public int X; public bool IsNull { get { return false; } } public static Point Null { get { return new Point(); } } public static Point Parse(SqlString s) { return new Point(); } public override string ToString() { return ""; } ${extra} }`;
const total =
  '[SqlUserDefinedAggregate(Format.Native)] public struct Total { private int sum; public void Init() { sum = 0; } public void Accumulate(SqlInt32 v) { sum += v.Value; } public void Merge(Total o) { sum += o.sum; } public SqlInt32 Terminate() { return sum; } }';
const clerk = 'CREATE USER Clerk WITHOUT LOGIN;\nGO\nCREATE SCHEMA Pay AUTHORIZATION Clerk;\nGO\n';

const links: readonly Fact[] = [
  {
    fact: 'A link is a call or an access from one piece of user code to another, T-SQL or managed',
    whyNot: 'A definition; the graph of links is tested by test/project/links.test.ts',
  },
  {
    fact: 'Calls need EXECUTE at run time, and calls within an assembly are not checked: public is told who may call',
    sql: `${made('A', 'UNSAFE')}CREATE PROCEDURE dbo.Run AS EXTERNAL NAME A.P.Run;\nGO\nGRANT EXECUTE ON dbo.Run TO public;`,
    cs: { A: procedure },
    found: ['routine-granted-to-public'],
  },
  {
    fact: 'Binding needs REFERENCES on the assembly, asked of the owner of the new object',
    sql: `${clerk}${made('A')}CREATE PROCEDURE Pay.Run AS EXTERNAL NAME A.P.Run;`,
    cs: { A: procedure },
    found: ['missing-references-permission 6267'],
  },
  {
    fact: 'The owner of the assembly needs no REFERENCES',
    sql: `${clerk}${made('A', 'SAFE', 'Clerk')}CREATE PROCEDURE Pay.Run AS EXTERNAL NAME A.P.Run;`,
    cs: { A: procedure },
    notFound: ['missing-references-permission'],
  },
  {
    fact: 'Access to a table needs the permission for it',
    whyNot: 'What users are given on tables is not followed; the graph of links names the permission that is asked',
  },
  {
    fact: 'An assembly runs in the context of its routine, which EXECUTE AS may set',
    sql: `${made('A', 'EXTERNAL_ACCESS')}CREATE PROCEDURE dbo.Run WITH EXECUTE AS OWNER AS EXTERNAL NAME A.P.Run;`,
    cs: { A: methods('[SqlProcedure] public static void Run() { File.ReadAllText("C:\\\\x"); }') },
    found: ['external-access-under-execute-as'],
  },
  {
    fact: 'Assemblies have no EXECUTE to grant',
    sql: `${made('A')}GRANT EXECUTE ON ASSEMBLY::A TO Clerk;`,
    cs: { A: procedure },
    found: ['grant-execute-on-assembly'],
  },
  {
    fact: 'Assemblies have CONTROL, TAKE OWNERSHIP, ALTER, REFERENCES and VIEW DEFINITION to grant',
    sql: `${made('A')}GRANT CONTROL, TAKE OWNERSHIP, ALTER, REFERENCES, VIEW DEFINITION ON ASSEMBLY::A TO Clerk;`,
    cs: { A: procedure },
    notFound: ['grant-execute-on-assembly'],
  },
  {
    fact: 'An assembly references only those of its owner',
    sql: `${made('E', 'SAFE', 'Boss')}${made('A', 'SAFE', 'Clerk')}`,
    cs: { E: empty, 'A:E': methods('[SqlFunction] public static int Now() { return E.Now(); }') },
    found: ['owner-mismatch 6548'],
  },
  {
    fact: 'Assemblies of one owner reference one another',
    sql: `${made('E', 'SAFE', 'Boss')}${made('A', 'SAFE', '[boss]')}`,
    cs: { E: empty, 'A:E': methods('[SqlFunction] public static int Now() { return E.Now(); }') },
    notFound: ['owner-mismatch'],
  },
  {
    fact: 'What is registered along with its root has the owner of the root',
    whyNot: 'It follows from the statement, which names one owner; nothing can be wrong',
  },
  {
    fact: 'Late-bound calls between assemblies of one owner are checked by nobody, and do not leave their application domain',
    sql: `${made('E', 'SAFE', 'Boss')}${made('A', 'SAFE', 'Clerk')}`,
    cs: { E: empty, A: methods('[SqlProcedure] public static void Run() { Type.GetType("E, E"); }') },
    found: ['application-domain-split'],
  },
  {
    fact: 'CREATE AGGREGATE and CREATE TYPE need REFERENCES on the assembly, as routines do',
    sql: `${clerk}${made('A')}CREATE AGGREGATE Pay.Total (@v int) RETURNS int EXTERNAL NAME A.Total;`,
    cs: { A: total },
    found: ['missing-references-permission 6267'],
  },
  {
    fact: 'public is not given REFERENCES on types',
    whyNot: 'What users are given on types is not followed',
  },
  {
    fact: 'An aggregate is called by two names',
    sql: `${made('A')}CREATE AGGREGATE dbo.Total (@v int) RETURNS int EXTERNAL NAME A.Total;\nGO\nSELECT Total(Value) FROM dbo.T;`,
    cs: { A: total },
    found: ['mistaken-call 195'],
  },
  {
    fact: 'Statements on the context connection are not covered by ownership chains',
    whyNot: 'What users are given on tables is not followed; elevated-routine tells what EXECUTE AS gives dynamic SQL',
  },
  {
    fact: 'Determinism of a managed function is what IsDeterministic says, and no SCHEMABINDING',
    sql: `${made('A')}CREATE FUNCTION dbo.F (@v int) RETURNS int AS EXTERNAL NAME A.P.F;\nGO\nCREATE TABLE dbo.T (V int, C AS dbo.F(V) PERSISTED);\nGO\nCREATE INDEX I ON dbo.T (C);`,
    cs: { A: methods('[SqlFunction(IsDeterministic = true)] public static int F(int v) { return v; }') },
    notFound: ['unindexable-routine'],
  },
  {
    fact: 'DROP TYPE fails while a column is of the type',
    sql: `${made('A')}CREATE TYPE dbo.Point EXTERNAL NAME A.Point;\nGO\nCREATE TABLE dbo.T (P dbo.Point);\nGO\nDROP TYPE dbo.Point;`,
    cs: { A: point() },
    found: ['misplaced-type 3732'],
  },
];

const strong = '[assembly: System.Reflection.AssemblyKeyFile("k.snk")]';
const trusts: readonly Fact[] = [
  {
    fact: 'A strong-named assembly without AllowPartiallyTrustedCallers is called by fully trusted code alone',
    whyNot: `Sources are not signed, and the bytes that show it are on the page of partially-trusted-caller (${strong})`,
  },
  {
    fact: 'Partially trusted callers are SAFE and EXTERNAL_ACCESS, and are refused with Msg 6522',
    whyNot: 'As above: on the page of partially-trusted-caller, in bytes, for both sets',
  },
  {
    fact: 'A callee without a strong name takes every caller',
    sql: `${made('E')}${made('A')}`,
    cs: { E: empty, 'A:E': methods('[SqlFunction] public static int Now() { return E.Now(); }') },
    notFound: ['partially-trusted-caller'],
    settings: { clrStrictSecurity: false },
  },
  { fact: 'Libraries that applications share are strong-named', whyNot: 'Advice for libraries outside of SQL Server' },
  {
    fact: 'Assemblies in the database are to be marked AllowPartiallyTrustedCallers',
    whyNot: 'On the page of partially-trusted-caller, which asks it of those that are called so, and of no other',
  },
  {
    fact: 'Registering the caller as UNSAFE is no remedy',
    sql: `${made('A', 'UNSAFE')}`,
    cs: { A: procedure },
    found: ['unsafe-permission-set'],
  },
  {
    fact: 'Under clr strict security callers run as UNSAFE',
    whyNot: 'On the page of partially-trusted-caller, whose samples set clrStrictSecurity',
  },
  {
    fact: 'Trust by signature makes assemblies strong-named, so those that call one another need the mark',
    whyNot: 'It follows from the two above; no script shows more',
  },
  {
    fact: 'An UNSAFE assembly with AllowPartiallyTrustedCallers opens itself',
    sql: `${made('A', 'UNSAFE')}`,
    cs: { A: `[assembly: System.Security.AllowPartiallyTrustedCallers] ${procedure}` },
    found: ['partially-trusted-callers-allowed'],
  },
  {
    fact: 'It is asked of each public method of the callee, not of its constructors alone',
    whyNot: 'On the page of partially-trusted-caller, in bytes: constructors, methods and what derives',
  },
];

const domains: readonly Fact[] = [
  {
    fact: 'Assemblies of one owner in one database are in one application domain, those of another owner in another',
    sql: `${made('E', 'SAFE', 'Boss')}${made('A', 'SAFE', 'Boss')}`,
    cs: { E: empty, A: methods('[SqlProcedure] public static void Run() { Type.GetType("E, E"); }') },
    notFound: ['application-domain-split'],
  },
  {
    fact: 'In one domain assemblies find each other by reflection, unchecked',
    whyNot: 'Nothing is refused and nothing is wrong: the calls are in the graph of links',
  },
  {
    fact: 'Which assemblies share a domain may change between versions',
    whyNot: 'A version to come shows in no script',
  },
  {
    fact: 'Statics are of one domain, and gone when it is unloaded',
    sql: made('A', 'UNSAFE'),
    cs: {
      A: methods(
        'private static string user; [SqlProcedure] public static void SetUser(SqlString name) { user = name.Value; } [SqlFunction] public static SqlString GetUser() { return user; }',
      ),
    },
    found: ['state-across-sessions'],
  },
  {
    fact: 'With shared state held, a thread that is aborted takes the whole domain along',
    sql: made('A', 'UNSAFE'),
    cs: {
      A: methods(
        'private static readonly object gate = new object(); [SqlProcedure] public static void Run(string s) { Monitor.Enter(gate); int.Parse(s); Monitor.Exit(gate); }',
      ),
    },
    found: ['unbalanced-thread-state 6534'],
  },
  {
    fact: 'clr enabled = 0 unloads all domains',
    sql: `EXEC sp_configure 'clr enabled', 0;\nRECONFIGURE;\nGO\n${made('A')}CREATE PROCEDURE dbo.Run AS EXTERNAL NAME A.P.Run;\nGO\nEXEC dbo.Run;`,
    cs: { A: procedure },
    found: ['clr-disabled 6263'],
  },
  {
    fact: 'Statics of UNSAFE assemblies are shared by all sessions',
    sql: made('A', 'SAFE'),
    cs: { A: methods('public static int Count; [SqlProcedure] public static void Run() { Count++; }') },
    found: ['mutable-static-field 6211'],
  },
  { fact: 'The policy of the host holds in each domain', whyNot: 'The server does it; scripts do not tell' },
  { fact: 'Domains are made and unloaded with messages of their own', whyNot: 'Events of a running server' },
  { fact: 'Views tell the domains that there are', whyNot: 'Queries of a running server' },
  {
    fact: 'AUTHORIZATION decides the domain',
    sql: `${made('E', 'SAFE', 'Boss')}ALTER AUTHORIZATION ON ASSEMBLY::E TO Clerk;\nGO\n${made('A', 'SAFE', 'Clerk')}`,
    cs: { E: empty, A: methods('[SqlProcedure] public static void Run() { Type.GetType("E, E"); }') },
    notFound: ['application-domain-split'],
  },
];

holdFacts([...links, ...trusts, ...domains]);
