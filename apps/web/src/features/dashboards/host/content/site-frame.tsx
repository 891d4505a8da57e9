'use client'

/** A page of another site, in a document of ours that alone may show such; see the decision on code of dashboards. */
export const SiteFrame = ({ url, title }: { url: string; title: string }) => (
  <iframe
    title={title}
    src={`/sandbox/site#${encodeURIComponent(url)}`}
    className="block size-full border-0"
    referrerPolicy="no-referrer"
  />
)
