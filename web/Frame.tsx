/** The frame around every page: where and when on top, the work in its order at the left, tabs at the foot of a phone. */
import { useIsFetching } from '@tanstack/react-query'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { AccountMenu } from '#modules/access/screens/AccountMenu.tsx'
import { useSession } from '#modules/access/screens/session.ts'
import { PastSentence } from '#modules/units/screens/ClockFields.tsx'
import { PlaceBar } from '#modules/units/screens/PlaceBar.tsx'
import { usePlace } from '#modules/units/screens/place.ts'
import { Go } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { useKeys } from '#ui/keys.ts'
import { Waiting } from '#ui/Loaded.tsx'
import { paths } from '#ui/paths.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import type { Open } from './Overlay.tsx'
import { Rail } from './Rail.tsx'

const Overlay = lazy(() => import('./Overlay.tsx').then(({ Overlay }) => ({ default: Overlay })))

export function Frame() {
  const session = useSession()
  if (session.data) return <Desk />
  // A stranger is on the way to the sign-in page; anything else is told here.
  const refusal = session.error?.status === 401 ? null : session.error
  return (
    <div className="page">
      {refusal ? <Trouble refusal={refusal} onRetry={() => void session.refetch()} /> : <Waiting />}
    </div>
  )
}

function Desk() {
  const { say } = useWords()
  const { past } = usePlace()
  const fetching = useIsFetching() > 0
  const path = useRouterState({ select: (state) => state.location.pathname })
  // What lies over the page belongs to one address: going elsewhere closes it. Its code is fetched when first asked for.
  const [asked, setAsked] = useState<{ what: Open; path: string } | null>(null)
  const open = asked?.path === path ? asked.what : null
  const setOpen = (what: Open) => setAsked({ what, path })
  const close = () => setOpen(null)
  useKeys({
    'mod+k': (event) => {
      event.preventDefault()
      setOpen('palette')
    },
    '/': (event) => {
      event.preventDefault()
      const field = document.querySelector<HTMLInputElement>('input[data-page-search]')
      if (field) field.focus()
      else setOpen('palette')
    },
    '?': () => setOpen('keys'),
  })

  return (
    <div className={past ? 'desk past' : 'desk'}>
      <a className="skip" href="#main">
        {say.frame.skip}
      </a>
      {fetching && <div className="thin-bar" aria-hidden="true" />}
      <header className="top">
        <button type="button" className="rail-button plain" aria-label={say.frame.menu} onClick={() => setOpen('rail')}>
          <Icon name="menu" size={20} />
        </button>
        <Go to={paths.today} className="brand">
          Kết Đoàn
        </Go>
        <PlaceBar />
        <button type="button" className="search-button" onClick={() => setOpen('palette')}>
          <Icon name="search" size={16} />
          <span>{say.frame.search}</span>
          <kbd>Ctrl K</kbd>
        </button>
        <AccountMenu onKeys={() => setOpen('keys')} />
      </header>
      <nav className="rail" aria-label={say.frame.rooms}>
        <Rail />
      </nav>
      <main id="main" tabIndex={-1}>
        <PastSentence />
        <Outlet />
      </main>
      <nav className="tabs" aria-label={say.frame.tabs}>
        <Tab to={paths.today} icon="today" label={say.today.title} exact />
        <Tab to={paths.progress} icon="progress" label={say.progress.title} />
        <Tab to={paths.foundings} icon="foundings" label={say.founding.title} />
        <button type="button" onClick={() => setOpen('palette')}>
          <Icon name="search" size={22} />
          {say.frame.find}
        </button>
      </nav>
      <Suspense>{asked && <Overlay open={open} onClose={close} />}</Suspense>
    </div>
  )
}

function Tab({
  to,
  icon,
  label,
  exact = false,
}: {
  to: string
  icon: 'today' | 'progress' | 'foundings'
  label: string
  exact?: boolean
}) {
  return (
    <Go to={to} marks exact={exact}>
      <Icon name={icon} size={22} />
      {label}
    </Go>
  )
}
