'use client'

/** Replaces even the root layout, so it has neither texts nor styles from there. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body style={{ fontFamily: 'system-ui', display: 'grid', placeContent: 'center', minHeight: '100vh', gap: 12 }}>
        <h1 style={{ fontSize: 18 }}>The console stopped working</h1>
        <button type="button" onClick={reset}>
          Start again
        </button>
      </body>
    </html>
  )
}
