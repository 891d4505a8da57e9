export type Sort = { id: string; desc: boolean }

/** `-createdTime` is newest first; anything that is no property name is no order. */
export const parseSort = (text: string): Sort | null => {
  const match = /^(-?)(\w+)$/.exec(text)
  return match?.[2] ? { id: match[2], desc: match[1] === '-' } : null
}

export const formatSort = (sort: Sort): string => (sort.desc ? `-${sort.id}` : sort.id)
