// The weaknesses that rules name, by MITRE's numbers. Which rule shows which is our judgement.
// Source: cwe.mitre.org "Common Weakness Enumeration", version 4.

const names: Readonly<Record<number, string>> = {
  22: 'Path Traversal',
  73: 'External Control of File Name or Path',
  78: 'OS Command Injection',
  88: 'Argument Injection',
  89: 'SQL Injection',
  90: 'LDAP Injection',
  94: 'Code Injection',
  99: 'Resource Injection',
  111: 'Direct Use of Unsafe JNI',
  114: 'Process Control',
  209: 'Generation of Error Message Containing Sensitive Information',
  250: 'Execution with Unnecessary Privileges',
  259: 'Use of Hard-coded Password',
  269: 'Improper Privilege Management',
  295: 'Improper Certificate Validation',
  327: 'Use of a Broken or Risky Cryptographic Algorithm',
  328: 'Use of Weak Hash',
  362: 'Race Condition',
  382: 'J2EE Bad Practices: Use of System.exit()',
  390: 'Detection of Error Condition Without Action',
  470: 'Unsafe Reflection',
  476: 'NULL Pointer Dereference',
  488: 'Exposure of Data Element to Wrong Session',
  489: 'Active Debug Code',
  494: 'Download of Code Without Integrity Check',
  502: 'Deserialization of Untrusted Data',
  522: 'Insufficiently Protected Credentials',
  611: 'Improper Restriction of XML External Entity Reference',
  625: 'Permissive Regular Expression',
  643: 'XPath Injection',
  667: 'Improper Locking',
  732: 'Incorrect Permission Assignment for Critical Resource',
  755: 'Improper Handling of Exceptional Conditions',
  798: 'Use of Hard-coded Credentials',
  827: 'Improper Control of Document Type Definition',
  829: 'Inclusion of Functionality from Untrusted Control Sphere',
  918: 'Server-Side Request Forgery',
  1188: 'Initialization of a Resource with an Insecure Default',
  1333: 'Inefficient Regular Expression Complexity',
};

export function weaknessName(id: number): string | undefined {
  return names[id];
}
