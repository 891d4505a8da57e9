const most = 8

/** Chains on the way here, the first first: `?via=a,b`. */
export const viaOf = (search: string): string[] =>
  (new URLSearchParams(search).get('via') ?? '').split(',').filter((id) => /^[0-9a-f-]{36}$/i.test(id))

/** The address of a chain that is gone into from another, with the way back. A chain on the way is gone back to. */
export const chainPath = (to: string, from: string, search: string = window.location.search): string => {
  const way = [...viaOf(search), from]
  const seen = way.indexOf(to)
  const via = (seen >= 0 ? way.slice(0, seen) : way).slice(-most)
  return `/rule-chains/${to}${via.length > 0 ? `?via=${via.join(',')}` : ''}`
}
