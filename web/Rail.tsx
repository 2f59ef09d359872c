/** The rooms that exist, in the order of the work. */
import { Go } from '#ui/Go.tsx'
import { Icon, type IconName } from '#ui/Icon.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'

export function useRooms(): { to: string; icon: IconName; label: string }[] {
  const { say } = useWords()
  return [
    { to: paths.today, icon: 'today', label: say.today.title },
    { to: paths.progress, icon: 'progress', label: say.progress.title },
    { to: paths.targets, icon: 'targets', label: say.targets.title },
    { to: paths.employers, icon: 'employers', label: say.employers.title },
    { to: paths.foundings, icon: 'foundings', label: say.founding.title },
    { to: paths.members, icon: 'members', label: say.members.title },
    { to: paths.units, icon: 'units', label: say.units.title },
  ]
}

export function Rail() {
  return (
    <ul>
      {useRooms().map((room) => (
        <li key={room.to}>
          <Go to={room.to} marks exact={room.to === paths.today}>
            <Icon name={room.icon} size={20} />
            {room.label}
          </Go>
        </li>
      ))}
    </ul>
  )
}
