import { afterEach, expect, it, vi } from 'vitest'
import { withLibraries } from './libraries.ts'

afterEach(() => vi.unstubAllGlobals())

it('puts libraries before the body, asked for once, and nothing where there are none', async () => {
  const fetched = vi.fn(async (_address: string) => new Response("var a = '$& </script><b>'"))
  vi.stubGlobal('fetch', fetched)
  const document = '<html><head><style></style></head><body>x</body></html>'
  expect(await withLibraries(document)).toBe(document)
  expect(fetched).not.toHaveBeenCalled()
  const made = await Promise.all([withLibraries(document, ['svg.js']), withLibraries(document, ['svg.js'])])
  for (const one of made)
    expect(one).toBe(
      "<html><head><style></style><script>var a = '$& <\\/script><b>'</script></head><body>x</body></html>",
    )
  expect(fetched.mock.calls.map(([address]) => address)).toEqual(['/sandbox/libraries/svg.js'])
})
