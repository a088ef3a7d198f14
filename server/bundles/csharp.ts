// Entry of the front end for C#, which the servers and the command line load when there is C# for SQL Server to read.
export { loadCSharp } from '../analysis/features/csharp-front-end.js';
