// Members whose answers differ from call to call, whatever they are given: what no deterministic function may ask.
// Source: .NET Framework 4.8 API reference; learn.microsoft.com "Deterministic and Nondeterministic Functions"; read 2026-11.

type Row = readonly [type: string, members: readonly string[], what: string];

export const changingRows: readonly Row[] = [
  ['System.DateTime', ['get_Now', 'get_Today', 'get_UtcNow'], 'the clock'],
  ['System.DateTimeOffset', ['get_Now', 'get_UtcNow'], 'the clock'],
  ['System.Diagnostics.Stopwatch', ['GetTimestamp', 'StartNew'], 'the clock'],
  [
    'System.Environment',
    ['GetEnvironmentVariable', 'get_MachineName', 'get_TickCount', 'get_UserName', 'get_WorkingSet'],
    'the environment',
  ],
  ['System.GC', ['GetTotalMemory'], 'the memory of the process'],
  ['System.Globalization.CultureInfo', ['get_CurrentCulture', 'get_CurrentUICulture'], 'the culture of the thread'],
  ['System.Guid', ['NewGuid'], 'a random number'],
  ['System.IO.Path', ['GetRandomFileName', 'GetTempFileName'], 'a name that nobody had before'],
  ['System.Security.Cryptography.RandomNumberGenerator', ['Create', 'GetBytes'], 'a random number'],
  ['System.Security.Cryptography.RNGCryptoServiceProvider', ['GetBytes', 'GetNonZeroBytes'], 'a random number'],
  ['System.Threading.Thread', ['get_CurrentCulture', 'get_CurrentUICulture'], 'the culture of the thread'],
];

const changing: ReadonlyMap<string, string> = new Map(
  changingRows.flatMap(([type, members, what]) =>
    members.map((member): [string, string] => [`${type}::${member}`, what]),
  ),
);

/** What a member reads that is another one each time: `the clock`. */
export function changingValueOf(type: string, member: string): string | undefined {
  return changing.get(`${type}::${member}`);
}

/** Members of Random; where it was made without a seed, the clock is one. */
export const randomType = 'System.Random';
export const randomMembers: ReadonlySet<string> = new Set(['Next', 'NextBytes', 'NextDouble']);

/** Types of floating point numbers. */
export const floatTypes: ReadonlySet<string> = new Set([
  'System.Data.SqlTypes.SqlDouble',
  'System.Data.SqlTypes.SqlSingle',
  'System.Double',
  'System.Single',
]);

/** Members of Math that compute with them. */
export const floatMath: ReadonlySet<string> = new Set([
  'Acos',
  'Asin',
  'Atan',
  'Atan2',
  'Cos',
  'Cosh',
  'Exp',
  'IEEERemainder',
  'Log',
  'Log10',
  'Pow',
  'Sin',
  'Sinh',
  'Sqrt',
  'Tan',
  'Tanh',
]);
