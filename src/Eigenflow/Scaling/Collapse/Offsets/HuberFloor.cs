using Eigenflow.Numerics;

namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// Minimises the mean of Huber(ln(L0 + a c^(−b)) − ln L) over a, b, L0 ≥ 0. For every L0 the other two are found by weighted Gauss–Newton steps in (ln a, b) from a regression of ln(L − L0); L0 itself by a scan and Brent's method in
/// −ln(1 − L0/min L), so that nothing depends on a start. Losses are in units of their minimum and ln c is counted from its mean: units drop out.
/// </summary>
internal sealed class HuberFloor
{
    /// <summary>Where Huber's loss passes from squares to absolute values (arXiv 2507.02119, code).</summary>
    public const double Delta = 1e-3;

    // L0 up to 1 − 1e-9 of the smallest loss.
    private const double MostDepth = 20.7;
    private const int Scan = 70;
    private const int MostSteps = 300;
    private const int MostHalvings = 40;
    private readonly double[] u;
    private readonly double[] v;
    private readonly double unit;
    private readonly double origin;

    public HuberFloor(double[] computes, double[] losses)
    {
        unit = losses.Min();
        origin = computes.Average(value => Math.Log(value));
        u = [.. computes.Select(compute => Math.Log(compute) - origin)];
        v = [.. losses.Select(loss => Math.Log(loss / unit))];
    }

    /// <summary>The best parameters.</summary>
    public (double Floor, double Amplitude, double Exponent, double Objective) Minimize()
    {
        // A floor of zero is the left end of the scan.
        var (depth, _) = ScalarMinimum.Find(t => At(Part(t)).Objective, 0, MostDepth, Scan, 1e-10);
        var (found, none) = (WithFloor(unit * Part(depth)), WithFloor(0));
        return none.Objective <= found.Objective ? none : found;
    }

    /// <summary>The best parameters for a floor.</summary>
    /// <param name="floor">L0, at least 0 and below every loss.</param>
    public (double Floor, double Amplitude, double Exponent, double Objective) WithFloor(double floor)
    {
        var (logAmplitude, exponent, objective) = At(floor / unit);
        return (floor, unit * Math.Exp(logAmplitude + (exponent * origin)), exponent, objective);
    }

    /// <summary>ln of the fitted loss less ln of the measured one, of every point.</summary>
    public double[] Residuals(double floor, double amplitude, double exponent)
    {
        var scale = amplitude * Math.Exp(-exponent * origin) / unit;
        return [.. u.Select((place, i) => Math.Log((floor / unit) + (scale * Math.Exp(-exponent * place))) - v[i])];
    }

    private static double Part(double depth) => -double.ExpM1(-depth);

    private (double LogAmplitude, double Exponent, double Objective) At(double floor)
    {
        var n = u.Length;
        double[] y = new double[n], weights = new double[n];
        for (var i = 0; i < n; i++)
        {
            var above = Math.Max(1e-300, Math.Exp(v[i]) - floor);
            (y[i], weights[i]) = (Math.Log(above), Math.Pow(above / Math.Exp(v[i]), 2));
        }

        var line = LeastSquaresLine.Fit(u, y, weights);
        var exponent = Math.Max(0, -line.Slope);
        var logAmplitude = line.MeanY + (exponent * line.MeanX);
        var value = Objective(floor, logAmplitude, exponent);
        for (var step = 0; step < MostSteps && value > 0; step++)
        {
            var (moveA, moveB) = Step(floor, logAmplitude, exponent);
            var part = 1.0;
            var next = double.PositiveInfinity;
            for (var halving = 0; halving < MostHalvings && !(next < value); halving++, part /= 2)
                next = Objective(floor, logAmplitude + (part * moveA), Math.Max(0, exponent + (part * moveB)));
            if (!(next < value))
                break;
            part *= 2;
            (logAmplitude, exponent) = (logAmplitude + (part * moveA), Math.Max(0, exponent + (part * moveB)));
            var isDone = value - next <= 1e-13 * value;
            value = next;
            if (isDone)
                break;
        }

        return (logAmplitude, exponent, value);
    }

    // The step that minimises the weighted squares of the linearised residuals; weights make them Huber's.
    private (double LogAmplitude, double Exponent) Step(double floor, double logAmplitude, double exponent)
    {
        double aa = 0, ab = 0, bb = 0, ga = 0, gb = 0;
        for (var i = 0; i < u.Length; i++)
        {
            var power = Math.Exp(logAmplitude - (exponent * u[i]));
            var part = power / (floor + power);
            var residual = Math.Log(floor + power) - v[i];
            var weight = Math.Min(1, Delta / Math.Abs(residual));
            double slopeA = part, slopeB = -part * u[i];
            aa += weight * slopeA * slopeA;
            ab += weight * slopeA * slopeB;
            bb += weight * slopeB * slopeB;
            ga += weight * slopeA * residual;
            gb += weight * slopeB * residual;
        }

        // At b = 0 a step that would make it negative moves a alone.
        var determinant = (aa * bb) - (ab * ab);
        if (determinant > 1e-14 * aa * bb)
        {
            double moveA = ((ab * gb) - (bb * ga)) / determinant, moveB = ((ab * ga) - (aa * gb)) / determinant;
            if (exponent > 0 || moveB > 0)
                return (moveA, moveB);
        }

        return (aa > 0 ? -ga / aa : 0, 0);
    }

    private double Objective(double floor, double logAmplitude, double exponent)
    {
        var sum = 0.0;
        for (var i = 0; i < u.Length; i++)
        {
            var off = Math.Abs(Math.Log(floor + Math.Exp(logAmplitude - (exponent * u[i]))) - v[i]);
            sum += off <= Delta ? off * off / 2 : Delta * (off - (Delta / 2));
        }

        return sum / u.Length;
    }
}
