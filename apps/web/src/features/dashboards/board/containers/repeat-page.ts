const mostOnPage = 20

/** A page of a repeat: no more than are drawn at once, and none beyond as many as the container shows. */
export const repeatPage = (page: number, most: number): { page: number; pageSize: number } => ({
  page,
  pageSize: Math.min(mostOnPage, most),
})
