// mcs -target:library -out:Widths.dll Widths.cs
using System;
using System.Security;
using System.Security.Permissions;

[assembly: SecurityRules(SecurityRuleSet.Level2, SkipVerificationInFullTrust = true)]

namespace Widths {
    public enum Narrow : short { Two = 2 }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class NarrowAttribute : Attribute {
        public NarrowAttribute(Narrow value) { }
        public string Note { get; set; }
    }

    [Narrow(Narrow.Two, Note = "own")]
    public class Marked {
        [SecurityPermission(SecurityAction.Assert, Flags = SecurityPermissionFlag.UnmanagedCode)]
        public void Asserts() { }
    }
}
