using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>
/// The risk of the population flow at any time as one sum over modes, without cancellation (derived). With E = e^(−rt) and G = G₀E the distance of a slope from its target is
/// w − w* = −A (n₀ + n₁G)/((1 + pG)(1 − qG)): positive model A = w*, G₀ = w*/w₀ − 1, r = 2λw*; signed A = c(u² + 1)²/u³, G₀ = u(u − 1)/(u + 1), q = u^(−2), r = 2λ√(w*² + 4c²) with
/// u = (w* + √(w*² + 4c²))/2c; linear A = w*, r = λ. Compressed modes are the nodes of <see cref="SmoothSum"/>, pieces narrow enough for the front between learned and unlearned modes:
/// relative error below 1e-9, work and memory independent of M. Work per node and time about 25 fused operations in eight fixed lanes; memory 32 bytes per node.
/// </summary>
internal sealed class FlowRisk
{
    private const long DirectEnd = 4096;
    private const int Lanes = 8;

    private readonly List<Family> families = [];
    private readonly List<(double Weight, double Rate, double Start)> still = [];
    private readonly double tail;

    private FlowRisk(double tail) => this.tail = tail;

    /// <summary>Number of nodes.</summary>
    public long Nodes { get; private set; }

    /// <summary>The sum of a problem.</summary>
    /// <param name="problem">The problem, without rotation.</param>
    /// <param name="isCompressed">Whether nodes stand for the modes.</param>
    public static FlowRisk Of(QuadraticProblem problem, bool isCompressed)
    {
        var risk = new FlowRisk(problem.Tail);
        if (isCompressed)
        {
            var nodes = SmoothSum.Nodes(0, problem.ModelSize, DirectEnd, LogarithmicStep(problem)).ToArray();
            risk.Add(problem, nodes.Length, k => (Math.Pow(nodes[k].Number, -problem.Exponent), problem.SizeOfTarget(nodes[k].Number), nodes[k].Weight));
            return risk;
        }

        var (eigenvalues, target) = problem.Modes();
        risk.Add(problem, eigenvalues.Length, k => (eigenvalues[k], target[k], 1));
        return risk;
    }

    /// <summary>R at a time.</summary>
    /// <param name="time">t ≥ 0.</param>
    public double At(double time)
    {
        var sum = 0.0;
        foreach (var (weight, rate, start) in still)
        {
            var slope = start / (1 + (rate * time));
            sum += weight * slope * slope;
        }

        foreach (var family in families)
            sum += family.Sum(time);
        return sum + tail;
    }

    // A front is as narrow in log i as 1/(s x) with x = 2λw*t at it: poles of the logistic curve are π/(s x) beside the real axis.
    private static double LogarithmicStep(QuadraticProblem problem)
    {
        if (problem.Model == QuadraticModel.Linear)
            return Math.Min(SmoothSum.LargestLogarithmicStep, Math.PI / problem.Exponent);
        var exponent = (problem.Exponent + problem.SignalExponent) / 2;
        var largest = Math.Max(problem.SizeOfTarget(1), problem.SizeOfTarget(problem.ModelSize));
        var front = Math.Max(1, Math.Log(1 + (largest / problem.StartSlope)));
        return Math.Min(SmoothSum.LargestLogarithmicStep, Math.PI / Math.Max(problem.Exponent, exponent * front));
    }

    private void Add(QuadraticProblem problem, int count, Func<int, (double Eigenvalue, double Target, double Weight)> mode)
    {
        Nodes = count;
        var start = problem.StartSlope;
        Family main = new(count, problem.Model == QuadraticModel.Linear ? 0 : 1, 0, 1), negative = new(problem.Model == QuadraticModel.Positive && !problem.IsSmooth ? count : 0, 0, 1, 0);

        // From the small terms to the large ones.
        for (var k = count - 1; k >= 0; k--)
        {
            var (eigenvalue, target, weight) = mode(k);
            var size = Math.Abs(target);
            if (problem.Model == QuadraticModel.Linear)
            {
                main.Add(eigenvalue, 1, weight * eigenvalue * size * size, 0);
            }
            else if (problem.Model == QuadraticModel.Signed)
            {
                var root = Math.Sqrt((size * size) + (4 * start * start));
                var end = (size + root) / (2 * start);

                // u − 1 without cancellation where w* is far below c.
                var above = (size + (size * size / (root + (2 * start)))) / (2 * start);
                var ratio = 1 + (1 / end / end);
                var amplitude = start * end * ratio * ratio;
                main.Add(2 * eigenvalue * root, end * above / (end + 1), weight * eigenvalue * amplitude * amplitude, 1 / end / end);
            }
            else if (target > 0)
            {
                main.Add(2 * eigenvalue * size, (size / start) - 1, weight * eigenvalue * size * size, 0);
            }
            else if (target < 0)
            {
                negative.Add(2 * eigenvalue * size, 1, weight * eigenvalue * size * size, 1 / ((size / start) + 1));
            }
            else
            {
                still.Add((weight * eigenvalue, 2 * eigenvalue * start, start));
            }
        }

        families.AddRange(((Family[])[main, negative]).Where(family => family.Count > 0));
    }

    /// <summary>Modes that share p, n₀ and n₁.</summary>
    private sealed class Family(int capacity, double p, double constant, double linear)
    {
        private readonly AlignedStore store = new(4 * ((capacity + Lanes - 1) / Lanes * Lanes));

        public int Count { get; private set; }

        public void Add(double rate, double start, double strength, double q)
        {
            var place = store.Span[((Count / Lanes * 4 * Lanes) + (Count % Lanes))..];
            (place[0], place[Lanes], place[2 * Lanes], place[3 * Lanes]) = (rate, start, strength, q);
            Count++;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public double Sum(double time)
        {
            ref var block = ref store.Origin;
            Vector512<double> sum = default, times = Vector512.Create(-time), one = Vector512<double>.One;
            Vector512<double> ps = Vector512.Create(p), n0 = Vector512.Create(constant), n1 = Vector512.Create(linear);
            for (var i = 0; i < Count; i += Lanes, block = ref Unsafe.Add(ref block, 4 * Lanes))
            {
                var g = VectorExponential.Of(times * Vector512.LoadUnsafe(ref block)) * Vector512.LoadUnsafe(ref block, Lanes);
                var below = Vector512.FusedMultiplyAdd(ps, g, one) * Vector512.FusedMultiplyAdd(-Vector512.LoadUnsafe(ref block, 3 * Lanes), g, one);
                var distance = Vector512.FusedMultiplyAdd(n1, g, n0) / below;
                sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref block, 2 * Lanes), distance * distance, sum);
            }

            return Vector512.Sum(sum);
        }
    }
}
