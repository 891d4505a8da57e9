import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Libraries for documents of dashboard files, by name: their package and the file in its folder of builds. */
const libraries: Readonly<Record<string, readonly [string, string]>> = {
  'svg.js': ['@svgdotjs/svg.js', 'svg.min.js'],
}

/** Text of a library that runs in the sandbox only; the page never evaluates it. */
export const GET = async (_request: Request, { params }: { params: Promise<{ name: string }> }) => {
  const { name } = await params
  const found = Object.hasOwn(libraries, name) ? libraries[name] : undefined
  if (!found) return new Response(null, { status: 404 })
  const [packageName, file] = found
  const entry = createRequire(join(process.cwd(), 'package.json')).resolve(packageName)
  return new Response(await readFile(join(dirname(entry), file), 'utf8'), {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=86400' },
  })
}
