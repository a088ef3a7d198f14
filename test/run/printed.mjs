// Prints the report of a run, and judges it: only a run that ended well and has something to show has passed.

export function printed({ code, report, log = '' }) {
  const results = report?.results ?? [];
  for (const { state, title, error = '' } of results) {
    console.log(`  ${state === 'passed' ? '✔' : '✖'} ${title}`);
    if (error) console.log(error.replace(/^/gm, '    '));
  }
  const passed = results.filter(({ state }) => state === 'passed').length;
  const good = code === 0 && passed > 0 && passed === results.length;
  if (!good) console.log(`${lastLines(log)}\n  ${code === undefined ? 'the run did not end' : `exit code ${code}`}`);
  console.log(`  ${passed} of ${results.length} passed`);
  return good;
}

const lastLines = (log) => log.split('\n').slice(-40).join('\n');
