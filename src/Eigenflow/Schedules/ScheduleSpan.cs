namespace Eigenflow.Schedules;

/// <summary>The numbers that a shape is stretched over: K steps from the peak a to the final rate b.</summary>
/// <param name="Peak">a &gt; 0, the largest learning rate.</param>
/// <param name="Final">b, 0 ≤ b ≤ a: the learning rate that the decay aims at.</param>
/// <param name="Steps">K ≥ 1.</param>
/// <param name="DecaySteps">K₂, 1 ≤ K₂ ≤ K: the last steps, over which shapes with a stable part decay.</param>
public readonly record struct ScheduleSpan(double Peak, double Final, long Steps, long DecaySteps);
