using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;

namespace Eigenflow.Systems.PhaseRetrieval.Kernels;

/// <summary>
/// Means and variances of the mean-field theory on the nodes of a spectrum, one fused pass per step together with the sums that the next step needs. A node has
/// one variance and up to two entries (mean, teacher, weight); full modes have one each.
/// Work per node and step: about 35 fused operations for two entries, 25 for one; memory 72 or 48 bytes, interleaved in groups of eight that begin at cache lines.
/// Sums run in eight fixed lanes, so results do not depend on the vector width of the machine.
/// </summary>
internal sealed class MeanFieldKernel
{
    // Places within a group of eight nodes.
    private const int Rate = 0, Count = 8, Variance = 16, Mean = 24, Teacher = 32, Weight = 40, SecondMean = 48, SecondTeacher = 56, SecondWeight = 64;

    private readonly AlignedStore store;
    private readonly int group;
    private readonly int[] places;
    private readonly WeightedModes modes;

    public MeanFieldKernel(WeightedModes modes)
    {
        this.modes = modes;
        places = new int[modes.Size];
        var node = -1;
        var isDouble = false;
        for (var j = 0; j < modes.Size; j++)
        {
            // The variance of a compressed node belongs to the entry that counts its modes; its second entry follows and counts none.
            var isSecond = j > 0 && modes.Counts[j] == 0 && modes.Eigenvalues[j] == modes.Eigenvalues[j - 1] && places[j - 1] == 2 * node;
            if (!isSecond)
                node++;
            isDouble |= isSecond;
            places[j] = (2 * node) + (isSecond ? 1 : 0);
        }

        group = isDouble ? 72 : 48;
        store = new AlignedStore((node + 8) / 8 * group);
        for (var j = 0; j < modes.Size; j++)
        {
            var at = places[j] / 2;
            places[j] = (at / 8 * group) + (at % 8) + (places[j] % 2 == 1 ? SecondMean - Mean : 0);
            var entry = store.Span[places[j]..];
            entry[Mean] = modes.Start[j];
            entry[Teacher] = modes.Teacher[j];
            entry[Weight] = modes.Weights[j];
            if (places[j] % group < 8)
                (entry[Rate], entry[Count]) = (modes.Eigenvalues[j], modes.Counts[j]);
        }

        Measure();
    }

    /// <summary>q = Σ m λ y w*.</summary>
    public double Linear { get; private set; }

    /// <summary>p = Σ λ (m y² + N).</summary>
    public double Quadratic { get; private set; }

    /// <summary>Subtracts the teacher, after giving it a sign.</summary>
    public void SubtractTeacher(int sign)
    {
        foreach (var place in places)
        {
            var entry = store.Span[place..];
            entry[Teacher] *= sign;
            entry[Mean] -= entry[Teacher];
        }

        Measure();
    }

    /// <summary>Adds the teacher that was subtracted, and takes its sign away again.</summary>
    public void AddTeacher(int sign)
    {
        foreach (var place in places)
        {
            var entry = store.Span[place..];
            entry[Mean] += entry[Teacher];
            entry[Teacher] *= sign;
        }

        Measure();
    }

    /// <summary>Σ m (y + a w*)² + N for two shifts a.</summary>
    public (double Near, double Far) SquaredDistances(double nearShift, double farShift)
    {
        double near = 0, far = 0;
        for (var j = places.Length - 1; j >= 0; j--)
        {
            var entry = store.Span[places[j]..];
            var variance = places[j] % group < 8 ? entry[Variance] : 0;
            var first = entry[Mean] + (nearShift * entry[Teacher]);
            var second = entry[Mean] + (farShift * entry[Teacher]);
            near += (modes.Weights[j] * first * first) + variance;
            far += (modes.Weights[j] * second * second) + variance;
        }

        return (near, far);
    }

    /// <summary>
    /// One step of size 4η with gain η²/B: y ← y + 4ηλ (g y + h w*), N ← N ((1 + 4ηλg)² + 16 gain λ² a) + gain (λ I c + 16 λ² Σ m (a y² + 2b y w* + c w*²)).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update(double step, double gain, double g, double h, double intensity, double square, double cross, double constant)
    {
        ref var block = ref store.Origin;
        var isDouble = group > SecondMean;
        var stepG = Vector512.Create(step * g);
        var stepH = Vector512.Create(step * h);
        var gainIntensity = Vector512.Create(gain * intensity);
        var gainSquare = Vector512.Create(16 * gain * square);
        var gainCross = Vector512.Create(32 * gain * cross);
        var gainConstant = Vector512.Create(16 * gain * constant);
        Vector512<double> linear = default, quadratic = default;
        for (var i = 0; i < store.Length; i += group, block = ref Unsafe.Add(ref block, group))
        {
            var rate = Vector512.LoadUnsafe(ref block, Rate);
            var mean = Vector512.LoadUnsafe(ref block, Mean);
            var teacher = Vector512.LoadUnsafe(ref block, Teacher);
            var weight = Vector512.LoadUnsafe(ref block, Weight);
            var drive = Driven(mean, teacher, weight);
            mean = Moved(mean, teacher, rate);
            mean.StoreUnsafe(ref block, Mean);
            var along = weight * mean * teacher;
            var squares = weight * mean * mean;
            if (isDouble)
            {
                var secondMean = Vector512.LoadUnsafe(ref block, SecondMean);
                var secondTeacher = Vector512.LoadUnsafe(ref block, SecondTeacher);
                var secondWeight = Vector512.LoadUnsafe(ref block, SecondWeight);
                drive += Driven(secondMean, secondTeacher, secondWeight);
                secondMean = Moved(secondMean, secondTeacher, rate);
                secondMean.StoreUnsafe(ref block, SecondMean);
                var weighted = secondWeight * secondMean;
                along = Vector512.FusedMultiplyAdd(weighted, secondTeacher, along);
                squares = Vector512.FusedMultiplyAdd(weighted, secondMean, squares);
            }

            var rateSquare = rate * rate;
            var factor = Vector512.FusedMultiplyAdd(stepG, rate, Vector512<double>.One);
            var growth = Vector512.FusedMultiplyAdd(factor, factor, gainSquare * rateSquare);
            var noise = Vector512.FusedMultiplyAdd(rateSquare, drive, rate * gainIntensity * Vector512.LoadUnsafe(ref block, Count));
            var variance = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref block, Variance), growth, noise);
            variance.StoreUnsafe(ref block, Variance);
            linear = Vector512.FusedMultiplyAdd(rate, along, linear);
            quadratic = Vector512.FusedMultiplyAdd(rate, squares + variance, quadratic);
        }

        Linear = Vector512.Sum(linear);
        Quadratic = Vector512.Sum(quadratic);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector512<double> Driven(Vector512<double> mean, Vector512<double> teacher, Vector512<double> weight)
        {
            var first = Vector512.FusedMultiplyAdd(gainSquare, mean, gainCross * teacher);
            return weight * Vector512.FusedMultiplyAdd(first, mean, gainConstant * teacher * teacher);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector512<double> Moved(Vector512<double> mean, Vector512<double> teacher, Vector512<double> rate) =>
            Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(stepG, mean, stepH * teacher), rate, mean);
    }

    // A step of size zero leaves everything where it is and takes the sums.
    private void Measure() => Update(0, 0, 0, 0, 0, 0, 0, 0);
}
