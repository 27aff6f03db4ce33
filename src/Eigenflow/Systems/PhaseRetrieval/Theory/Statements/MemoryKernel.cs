namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The Volterra equation (B.18) of arXiv 2511.18661, u(t) = Σ λ_i w_i(0) w*_i e^(4λ_iΘ(t)) + 8 ∫₀ᵗ Σ (w*_i λ_i)² e^(4λ_i …) u(τ) dτ along the flow: the exponent of the memory is Θ(t) − Θ(τ), not Θ(t − τ)
/// as it is printed; the two agree only while Θ is linear.
/// </summary>
internal static class MemoryKernel
{
    // Steps of the fine grid, a multiple of four: Θ by Simpson's rule on every second one, the memory on those.
    private const int Steps = 2400;

    /// <summary>u of the flow and the right-hand sides with one and with two arguments.</summary>
    /// <param name="problem">The problem, s* = 1.</param>
    /// <param name="until">t.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static (double Flow, double OneArgument, double TwoArguments) At(PhaseRetrievalProblem problem, double until, CancellationToken cancellation)
    {
        var modes = problem.Modes(cancellation: cancellation);
        var flow = problem.Solve(new GradientFlow { Until = until, RelativeTolerance = FlowState.Tolerance }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var rows = Enumerable.Range(0, Steps + 1).Select(k => flow.At(until * k / Steps)).ToArray();
        double[] rate = [.. rows.Select(row => modes.TeacherOverlap - (3 * row["s"]))], overlap = [.. rows.Select(row => row["u"])];
        var h = until / Steps;
        var clock = new double[(Steps / 2) + 1];
        for (var k = 1; k < clock.Length; k++)
            clock[k] = clock[k - 1] + (h / 3 * (rate[(2 * k) - 2] + (4 * rate[(2 * k) - 1]) + rate[2 * k]));
        var first = modes.Sum(j => modes.Weights[j] * modes.Eigenvalues[j] * modes.Start[j] * modes.Teacher[j] * Math.Exp(4 * modes.Eigenvalues[j] * clock[^1]));
        double one = first, two = first;
        for (var k = 0; k < clock.Length; k++)
        {
            var weight = 2 * h / 3 * (k == 0 || k == clock.Length - 1 ? 1 : (k & 1) == 1 ? 4 : 2) * overlap[2 * k];
            one += weight * Kernel(clock[^(k + 1)]);
            two += weight * Kernel(clock[^1] - clock[k]);
        }

        return (overlap[^1], one, two);

        double Kernel(double elapsed) => 8 * modes.Sum(j => modes.Weights[j] * Math.Pow(modes.Teacher[j] * modes.Eigenvalues[j], 2) * Math.Exp(4 * modes.Eigenvalues[j] * elapsed));
    }

    /// <summary>The printed statement.</summary>
    /// <param name="cancellation">Ends the work.</param>
    public static PrintedStatement Statement(CancellationToken cancellation)
    {
        var (flow, one, two) = At(FlowState.Reference(100, 2), 3, cancellation);
        return new PrintedStatement
        {
            Id = "volterra-kernel",
            Paper = Curves.Paper,
            Place = "(B.18), memory",
            Printed = "the memory of the Volterra equation of u is K_Θ(t − τ)",
            Corrected = "the memory with Θ(t) − Θ(τ)",
            IsErratum = true,
            Test = ClaimTest.Relative,
            Margin = 1e-6,
            Kind = PredictionKind.Exact,
            CorrectedKind = PredictionKind.Exact,
            Obtained = "u of the flow against the right-hand side, by Simpson's rule",
            Trials = [new("d = 100, a = 2, t = 3", flow, one, two)],
        };
    }
}
