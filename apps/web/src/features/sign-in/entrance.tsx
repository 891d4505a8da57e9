'use client'
import { createContext, type ReactNode, use } from 'react'
import { Logo } from '@/shell/logo.tsx'

type Props = { heading: string; text?: ReactNode; children: ReactNode; below?: ReactNode }

/** Whether the steps are taken in a dialog over a page, which has a title of its own. */
const IsOverPage = createContext(false)
export const OverPage = ({ children }: { children: ReactNode }) => (
  <IsOverPage value>
    <div data-over-page>{children}</div>
  </IsOverPage>
)

/** What a step before the console is about, and one card: a page with the logo, or a part of a dialog. */
export const Entrance = (p: Props) => (use(IsOverPage) ? <Part {...p} /> : <FullPage {...p} />)

const Part = (p: Props) => (
  <section>
    <h3 className="text-sm font-medium">{p.heading}</h3>
    {p.text ? <p className="mb-4 text-sm text-pretty text-ink-2">{p.text}</p> : null}
    {p.children}
    {p.below}
  </section>
)

const FullPage = (p: Props) => (
  <main className="relative flex min-h-dvh items-center justify-center overflow-hidden px-4 py-10">
    <Wires />
    <div className="relative w-full max-w-[380px]">
      <div className="mb-8 flex flex-col items-center gap-4 text-center">
        <Logo className="size-11" />
        <div>
          <h1 className="text-xl font-semibold tracking-tight text-balance">{p.heading}</h1>
          {p.text ? <p className="mt-1 text-sm text-pretty text-ink-2">{p.text}</p> : null}
        </div>
      </div>
      {p.children}
      {p.below}
    </div>
  </main>
)

/** What went wrong with the whole form. */
export const FormFailure = ({ children }: { children: ReactNode }) => (
  <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-xs text-danger-text">
    {children}
  </p>
)

export const entranceCard =
  'grid gap-4 rounded-xl border bg-surface p-5 shadow-card in-data-over-page:border-0 in-data-over-page:bg-transparent in-data-over-page:p-0 in-data-over-page:shadow-none'

/** Faint wires behind the form; decoration only. */
const Wires = () => (
  <svg
    aria-hidden
    viewBox="0 0 1200 800"
    preserveAspectRatio="xMidYMid slice"
    className="absolute inset-0 size-full text-line-strong/70 [mask-image:radial-gradient(ellipse_420px_480px_at_center,transparent_70%,black)]"
  >
    <g fill="none" stroke="currentColor" strokeWidth="1.25">
      <path d="M-20 160h260c60 0 60 90 120 90h180M-20 250h140c60 0 60-90 120-90M1220 560H960c-60 0-60-90-120-90H680M1220 470h-140c-60 0-60 90-120 90M-20 640h200c60 0 60-70 120-70h120M1220 180h-180c-60 0-60 70-120 70H800" />
    </g>
    <g fill="currentColor">
      {[
        [240, 160],
        [540, 250],
        [120, 250],
        [960, 560],
        [680, 470],
        [1080, 470],
        [420, 570],
        [800, 250],
      ].map(([x, y]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r="3.5" />
      ))}
    </g>
  </svg>
)
