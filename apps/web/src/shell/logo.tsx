export const Logo = ({ className }: { className?: string }) => (
  <svg viewBox="0 0 32 32" aria-hidden className={className}>
    <rect width="32" height="32" rx="8" fill="var(--tw-accent)" />
    <g fill="none" stroke="#fff" strokeWidth="2.5" strokeLinecap="round">
      <path d="M7 11h7c4 0 4 10 8 10h3" />
      <path d="M14 11h11" opacity=".55" />
    </g>
    <circle cx="7" cy="11" r="2.6" fill="#fff" />
    <circle cx="25" cy="21" r="2.6" fill="#fff" />
  </svg>
)
