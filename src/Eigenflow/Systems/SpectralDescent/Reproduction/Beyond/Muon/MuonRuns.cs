using Eigenflow.Schedules;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>What the tasks of Muon share: its variants, and engines on blocks that are run as they are.</summary>
internal static class MuonRuns
{
    /// <summary>Momentum of Muon's published recipe.</summary>
    public const double Momentum = 0.95;

    /// <summary>The published coefficient lists.</summary>
    public static IReadOnlyList<(string Name, NewtonSchulzCoefficients Coefficients)> Lists { get; } =
    [
        ("Muon", NewtonSchulzCoefficients.Muon), ("You", NewtonSchulzCoefficients.You), ("CANS", NewtonSchulzCoefficients.Cans), ("Polar Express", NewtonSchulzCoefficients.PolarExpress()), ("cubic", NewtonSchulzCoefficients.Cubic),
    ];

    /// <summary>Muon with Nesterov's momentum and five iterations.</summary>
    public static UpdateRule Muon(NewtonSchulzCoefficients coefficients, Arithmetic arithmetic = Arithmetic.Double) =>
        new() { Direction = new NewtonSchulzDirection { Coefficients = coefficients, Arithmetic = arithmetic }, Momentum = Momentum, IsNesterov = true };

    /// <summary>An engine on the blocks of a problem.</summary>
    public static BlockEngine Engine(SpectralDescentProblem problem, UpdateRule rule, LearningRateSchedule schedule)
    {
        var engine = rule.Direction.Blocks(problem.Blocks(), rule);
        engine.Schedule = schedule;
        return engine;
    }

    /// <summary>Loss at the end of a run, +∞ where it diverged.</summary>
    public static double FinalLoss(SpectralDescentProblem problem, UpdateRule rule, LearningRateSchedule schedule)
    {
        var engine = Engine(problem, rule, schedule);
        return engine.Advance(schedule.Steps) ? engine.Observe().Loss : double.PositiveInfinity;
    }

    /// <summary>Mean alignment over the last quarter of a run at a constant learning rate; 0 where it diverged.</summary>
    public static double LateAlignment(SpectralDescentProblem problem, UpdateRule rule, double rate, long steps)
    {
        var engine = Engine(problem, rule, LearningRateSchedule.Constant(rate, steps));
        var last = steps / 4;
        if (!engine.Advance(steps - last))
            return 0;
        var sum = 0.0;
        for (var k = 0; k < last; k++)
        {
            if (!engine.Advance(1))
                return 0;
            sum += engine.Observe().Alignment;
        }

        return sum / last;
    }

    /// <summary>A linear decay from a learning rate to zero.</summary>
    public static LearningRateSchedule Decay(double rate, long steps) => new(new PowerShape(1), rate, steps);
}
