namespace Eigenflow.Scaling.LossCurves;

/// <summary>A power law with a floor that does not see the schedule: L = L₀ + c₁ x^(−s), x the intrinsic time or the number of steps. The baseline that a law of schedules must beat.</summary>
internal sealed class BlindLaw(bool inSteps) : LossLaw
{
    private const int Count = 3;

    public override string Name => inSteps ? "power-steps" : "power-time";

    public override string Formula => inSteps ? "L0 + c1 k^(−s)" : "L0 + c1 t^(−s)";

    public override bool SeesSchedule => false;

    public override IReadOnlyList<LawParameter> Parameters { get; } =
        [new("L0", "irreducible loss", true), new("c1", "amplitude", true), new("s", "exponent", false)];

    public override (double Low, double High) Bounds(int parameter, CurveScale scale) => (0.02, 8);

    public override (double Low, double High) Starts(int parameter, CurveScale scale) => (0.1, 2);

    public override void Evaluate(ScheduleCells cells, ReadOnlySpan<double> values, Span<double> losses, Span<double> slopes)
    {
        for (var target = 0; target < cells.Targets.Length; target++)
        {
            var edge = cells.Targets[target];
            var log = Math.Log(inSteps ? cells.Edges[edge] : cells.Times[edge]);
            var term = values[1] * Math.Exp(-values[2] * log);
            losses[target] = values[0] + term;
            var row = slopes.Slice(target * Count, Count);
            row[0] = values[0];
            row[1] = term;
            row[2] = -values[2] * log * term;
        }
    }

    public override double ExactAt(StepRates rates, int step, ReadOnlySpan<double> values) =>
        values[0] + (values[1] * Math.Pow(inSteps ? step : rates.TimeAt(step), -values[2]));
}
