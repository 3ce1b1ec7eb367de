import type { Band } from '#contract/snapshot.ts';

const size = 112;
const stroke = 10;
const radius = (size - stroke) / 2;
const around = 2 * Math.PI * radius;

interface ScoreRingProps {
  /** 0 to 100. */
  readonly value: number;
  readonly band: Band;
}

export function ScoreRing({ value, band }: ScoreRingProps) {
  const circle = { cx: size / 2, cy: size / 2, r: radius, fill: 'none', strokeWidth: stroke };
  return (
    <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={`Score ${value} of 100`} className="ll-ring">
      <circle {...circle} stroke="var(--ll-line)" />
      {value > 0 && (
        <circle
          {...circle}
          className="ll-ring-value"
          stroke={`var(--ll-${band}-ring)`}
          strokeLinecap="round"
          strokeDasharray={`${(around * value) / 100} ${around}`}
          transform={`rotate(-90 ${size / 2} ${size / 2})`}
        />
      )}
      <text x="50%" y="50%" dy="0.35em" textAnchor="middle" className="ll-ring-text">
        {value}
      </text>
    </svg>
  );
}
