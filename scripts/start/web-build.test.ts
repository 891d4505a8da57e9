import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'
import { packFiles } from './web-build.ts'

it('stands the packed form beside each larger text of a build, once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'web-build-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const code = 'const a = 1\n'.repeat(200)
  await mkdir(join(folder, 'chunks'))
  await writeFile(join(folder, 'chunks', 'a.js'), code)
  await writeFile(join(folder, 'chunks', 'small.js'), 'x')
  await writeFile(join(folder, 'chunks', 'font.woff2'), code)
  packFiles(folder)
  expect((await readdir(join(folder, 'chunks'))).toSorted()).toEqual(['a.js', 'a.js.gz', 'font.woff2', 'small.js'])
  const packed = join(folder, 'chunks', 'a.js.gz')
  expect(gunzipSync(await readFile(packed)).toString()).toBe(code)
  // The first one is kept: the name says what is in it.
  await writeFile(packed, 'kept')
  packFiles(folder)
  expect(await readFile(packed, 'utf8')).toBe('kept')
})
