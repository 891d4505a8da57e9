import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

// From where the program runs: what is bundled has no place in the folder of packages.
const require = createRequire(join(process.cwd(), 'package.json'))

/** Where libraries for documents of dashboard files lie, by name. */
const files: Readonly<Record<string, () => string>> = {
  'svg.js': () => join(dirname(require.resolve('@svgdotjs/svg.js')), 'svg.min.js'),
}

/** Text of a library that runs in the sandbox only; the page never evaluates it. */
export const GET = async (_request: Request, { params }: { params: Promise<{ name: string }> }) => {
  const { name } = await params
  const find = Object.hasOwn(files, name) ? files[name] : undefined
  if (!find) return new Response(null, { status: 404 })
  return new Response(await readFile(find(), 'utf8'), {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=86400' },
  })
}
