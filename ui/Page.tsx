/** A page's head: where it leads back to, its name, one line of what it shows, and its acts. */
import { useEffect, type ReactNode } from 'react'
import { Go } from './Go.tsx'
import { Icon } from './Icon.tsx'

type PageProps = {
  title: string
  lead?: ReactNode
  back?: { to: string; label: string }
  acts?: ReactNode
  wide?: boolean
  children: ReactNode
}

export function Page({ title, lead, back, acts, wide, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Kết Đoàn`
  }, [title])
  return (
    <div className={wide ? 'page page-wide' : 'page'}>
      <header className="page-head">
        <div className="page-name">
          {back && (
            <Go to={back.to} className="back">
              <Icon name="left" size={14} /> {back.label}
            </Go>
          )}
          <h1>{title}</h1>
          {lead && <div className="lead">{lead}</div>}
        </div>
        {acts && <div className="page-acts">{acts}</div>}
      </header>
      {children}
    </div>
  )
}

/** One part of a page, under its own heading. */
export function Part({
  title,
  acts,
  children,
  id,
}: {
  title: string
  acts?: ReactNode
  children: ReactNode
  id?: string
}) {
  return (
    <section className="part" id={id} aria-label={title}>
      <div className="part-head">
        <h2>{title}</h2>
        {acts && <div className="page-acts">{acts}</div>}
      </div>
      {children}
    </section>
  )
}

/** An empty place that teaches the first act. */
export function Empty({ title, children, act }: { title: string; children?: ReactNode; act?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children && <div className="muted">{children}</div>}
      {act && <div className="empty-act">{act}</div>}
    </div>
  )
}

/** Facts of one thing, name and value. Empty ones are left out. */
export function Facts({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
