// Every suite once. Imported inside a function: mocha's globals must be there first.

export async function defineSuites(): Promise<void> {
  await import('./activation.test.js');
  await import('./script.test.js');
  await import('./assembly.test.js');
  await import('./same.test.js');
  await import('./csharp.test.js');
  await import('./advice.test.js');
  await import('./links.test.js');
  await import('./navigation.test.js');
  await import('./packages.test.js');
  await import('./tasks.test.js');
  await import('./restart.test.js');
  // It leaves a document open that is a second deployment.
  await import('./configuration.test.js');
}
