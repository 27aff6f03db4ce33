namespace Eigenflow.Scaling.Fits;

/// <summary>y = C + A x^p with C ≥ 0: an irreducible loss below a falling power, or an offset below a growing one.</summary>
internal sealed class FlooredPowerLaw : ScalingLaw
{
    public override string Name => "power-law-floor";

    public override string Formula => "y = C + A x^p, C >= 0";

    public override IReadOnlyList<ScalingParameter> Parameters { get; } = [new("A", "amplitude", true), new("p", "exponent of what is above the floor"), new("C", "floor")];

    public override void Evaluate(ReadOnlySpan<double> u, ReadOnlySpan<double> theta, Span<double> values, Span<double> slopes)
    {
        for (var i = 0; i < u.Length; i++)
        {
            var power = Math.Exp(theta[0] + (theta[1] * u[i]));
            var y = theta[2] + power;
            values[i] = Math.Log(y);
            slopes[3 * i] = power / y;
            slopes[(3 * i) + 1] = power / y * u[i];
            slopes[(3 * i) + 2] = 1 / y;
        }
    }

    public override double LocalExponent(double u, ReadOnlySpan<double> theta)
    {
        var power = Math.Exp(theta[0] + (theta[1] * u));
        return theta[1] * power / (theta[2] + power);
    }

    public override IReadOnlyList<double[]> Starts(LogPoints points)
    {
        // For a given floor the rest is a straight line in the logarithms.
        var smallest = Math.Exp(points.Lowest);
        var starts = new List<double[]>();
        foreach (var part in (double[])[0, 0.3, 0.6, 0.8, 0.9, 0.97])
        {
            var rest = points.Select(v => Math.Log(Math.Exp(v) - (part * smallest)));
            var (slope, intercept, _, _) = rest.Line();
            starts.Add([intercept, slope, part * smallest]);
        }

        return starts;
    }

    public override (double[] Lower, double[] Upper) Box(LogPoints points) => ([-1e4, -100, 0], [1e4, 100, Math.Exp(points.Highest)]);
}
