using Eigenflow.Scaling.LossCurves;

namespace Eigenflow.Studies;

/// <summary>What a fit of loss curves under schedules found.</summary>
/// <param name="Fit">The fit.</param>
/// <param name="Proposal">The proposed schedule, or null.</param>
/// <param name="Others">How the given schedules compare with it.</param>
public sealed record FitScheduleResult(ScheduleFit Fit, ProposedSchedule? Proposal, IReadOnlyList<ScheduleComparison> Others);
