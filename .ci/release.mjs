// Makes a release of a tag, with what the changelog says of its version and the files given. `CHANNEL=--pre-release`
// makes it one.
//   node .ci/release.mjs v1.2.3 FILE…
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const [tag, ...files] = process.argv.slice(2);
const { GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token, CHANNEL: channel } = process.env;
const headers = { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' };

/** What stands below the heading of a version. */
function notesOf(version) {
  const sections = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m);
  const section = sections.find((each) => each.split(/\s/, 1)[0] === version);
  if (!section) throw new Error(`CHANGELOG.md says nothing of ${version}`);
  return section.slice(section.indexOf('\n')).trim();
}

async function sent(url, type, body) {
  const answer = await fetch(url, { method: 'POST', headers: { ...headers, 'content-type': type }, body });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const release = {
  tag_name: tag,
  name: tag,
  body: notesOf(tag.slice(1)),
  prerelease: channel === '--pre-release',
};
const { upload_url: upload } = await sent(
  `https://api.github.com/repos/${repository}/releases`,
  'application/json',
  JSON.stringify(release),
);
const address = upload.replace(/\{.*\}/, '');
for (const file of files)
  await sent(`${address}?name=${basename(file)}`, 'application/octet-stream', readFileSync(file));
