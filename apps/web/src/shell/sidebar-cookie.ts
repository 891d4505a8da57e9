/** Read on the server, so that the first picture already has the right width. */
export const sidebarCookie = 'tw_sidebar'
