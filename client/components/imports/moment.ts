const pad = (n: number): string => String(n).padStart(2, '0');

/** An ISO instant → the reader's own wall clock: `2025-09-15 08:30`. What is no instant stays as it is. */
export function moment(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const day = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  return `${day} ${pad(at.getHours())}:${pad(at.getMinutes())}`;
}
