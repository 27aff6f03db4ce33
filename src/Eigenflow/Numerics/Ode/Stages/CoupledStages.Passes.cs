using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Numerics.Ode;

/// <summary>The passes over the entries. Each stage is compiled on its own, with its number of earlier stages as a constant.</summary>
internal sealed partial class CoupledStages
{
    private interface IStage
    {
        /// <summary>Number of stages before this one.</summary>
        static abstract int Before { get; }
    }

    // E and E r for a step, the state into its place, and the sums a, b and c.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double DirectionSquare, double Cross, double StateSquare) Prepare(double shift, double[] state)
    {
        ref var block = ref store.Origin;
        ref var source = ref MemoryMarshal.GetArrayDataReference(state);
        ref var rate = ref MemoryMarshal.GetArrayDataReference(rates);
        var drift = Vector512.Create(g);
        var shifts = Vector512.Create(shift);
        Vector512<double> directionSquare = default, cross = default, stateSquare = default;
        for (nuint i = 0; i < (nuint)padded; i += 8, block = ref Unsafe.Add(ref block, Group))
        {
            var r = Vector512.LoadUnsafe(ref rate, i);
            var y = Vector512.LoadUnsafe(ref source, i);
            var inverse = Vector512<double>.One / Vector512.FusedMultiplyAdd(-r, drift, shifts);
            var scaled = inverse * r;
            Write(ref block, State, y);
            Write(ref block, Inverse, inverse);
            Write(ref block, ScaledInverse, scaled);
            var w = Read(ref block, Direction);
            var weighted = scaled * Read(ref block, Weight);
            directionSquare = Vector512.FusedMultiplyAdd(weighted * w, w, directionSquare);
            cross = Vector512.FusedMultiplyAdd(weighted * w, y, cross);
            stateSquare = Vector512.FusedMultiplyAdd(weighted * y, y, stateSquare);
        }

        return (Vector512.Sum(directionSquare), Vector512.Sum(cross), Vector512.Sum(stateSquare));
    }

    // Completes the solution of the stage before, then forms the point and the sum of this one with everything that its own solution will need.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private PassSums Pass<TStage>(Correction correction)
        where TStage : struct, IStage
    {
        ref var block = ref store.Origin;
        var ofPoint = Vector512.Create(TStage.Before == 1 ? correction.Point + correction.State : correction.Point);
        var ofState = Vector512.Create(correction.State);
        var ofDirection = Vector512.Create(correction.Direction);
        Vector512<double> a0 = Vector512.Create(points[0]), a1 = Vector512.Create(points[1]), a2 = Vector512.Create(points[2]);
        Vector512<double> a3 = Vector512.Create(points[3]), a4 = Vector512.Create(points[4]);
        Vector512<double> c0 = Vector512.Create(sums[0]), c1 = Vector512.Create(sums[1]), c2 = Vector512.Create(sums[2]), c3 = Vector512.Create(sums[3]);
        Vector512<double> c4 = Vector512.Create(sums[4]), c5 = Vector512.Create(sums[5]), c6 = Vector512.Create(sums[6]);
        Vector512<double> linear = default, quadratic = default, partialDirection = default, partialState = default, pointDirection = default, pointState = default;
        for (var i = 0; i < padded; i += 8, block = ref Unsafe.Add(ref block, Group))
        {
            var y = Read(ref block, State);
            var w = Read(ref block, Direction);
            var scaled = Read(ref block, ScaledInverse);
            Vector512<double> latest, point;
            if (TStage.Before == 1)
            {
                point = y;
                latest = scaled * Vector512.FusedMultiplyAdd(ofPoint, y, ofDirection * w);
            }
            else
            {
                point = Read(ref block, Point);
                var forced = Vector512.FusedMultiplyAdd(ofPoint, point, Vector512.FusedMultiplyAdd(ofState, y, ofDirection * w));
                latest = Vector512.FusedMultiplyAdd(scaled, forced, Read(ref block, Partial));
            }

            Write(ref block, TStage.Before - 1, latest);
            var sum = Vector512<double>.Zero;
            if (TStage.Before <= 5)
                point = y;
            if (TStage.Before > 1)
                Add(Read(ref block, 0), a0, c0, ref point, ref sum);
            if (TStage.Before > 2)
                Add(Read(ref block, 1), a1, c1, ref point, ref sum);
            if (TStage.Before > 3)
                Add(Read(ref block, 2), a2, c2, ref point, ref sum);
            if (TStage.Before > 4)
                Add(Read(ref block, 3), a3, c3, ref point, ref sum);
            if (TStage.Before > 5)
                sum = Vector512.FusedMultiplyAdd(Read(ref block, 4), c4, sum);
            if (TStage.Before > 6)
                sum = Vector512.FusedMultiplyAdd(Read(ref block, 5), c5, sum);

            // The points of the last two stages are the one before plus the latest solution.
            point = TStage.Before switch
            {
                1 => Vector512.FusedMultiplyAdd(latest, a0, point),
                2 => Vector512.FusedMultiplyAdd(latest, a1, point),
                3 => Vector512.FusedMultiplyAdd(latest, a2, point),
                4 => Vector512.FusedMultiplyAdd(latest, a3, point),
                5 => Vector512.FusedMultiplyAdd(latest, a4, point),
                _ => point + latest,
            };
            sum = TStage.Before switch
            {
                1 => latest * c0,
                2 => Vector512.FusedMultiplyAdd(latest, c1, sum),
                3 => Vector512.FusedMultiplyAdd(latest, c2, sum),
                4 => Vector512.FusedMultiplyAdd(latest, c3, sum),
                5 => Vector512.FusedMultiplyAdd(latest, c4, sum),
                6 => Vector512.FusedMultiplyAdd(latest, c5, sum),
                _ => Vector512.FusedMultiplyAdd(latest, c6, sum),
            };
            var partial = Read(ref block, Inverse) * sum;
            Write(ref block, Point, point);
            Write(ref block, Partial, partial);

            var weight = Read(ref block, Weight);
            var weightedDirection = weight * w;
            var weightedState = weight * y;
            var scaledPoint = scaled * point;
            linear = Vector512.FusedMultiplyAdd(weightedDirection, point, linear);
            quadratic = Vector512.FusedMultiplyAdd(weight * point, point, quadratic);
            partialDirection = Vector512.FusedMultiplyAdd(weightedDirection, partial, partialDirection);
            partialState = Vector512.FusedMultiplyAdd(weightedState, partial, partialState);
            pointDirection = Vector512.FusedMultiplyAdd(weightedDirection, scaledPoint, pointDirection);
            pointState = Vector512.FusedMultiplyAdd(weightedState, scaledPoint, pointState);
        }

        return new PassSums(
            Vector512.Sum(linear), Vector512.Sum(quadratic), Vector512.Sum(partialDirection), Vector512.Sum(partialState),
            Vector512.Sum(pointDirection), Vector512.Sum(pointState));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Add(Vector512<double> stage, Vector512<double> a, Vector512<double> c, ref Vector512<double> point, ref Vector512<double> sum)
        {
            if (TStage.Before <= 5)
                point = Vector512.FusedMultiplyAdd(stage, a, point);
            sum = Vector512.FusedMultiplyAdd(stage, c, sum);
        }
    }

    // The last solution is the error; with it the point of the last stage becomes the new state.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Linear, double Quadratic) Finish(Correction correction, double[] trial)
    {
        ref var block = ref store.Origin;
        ref var target = ref MemoryMarshal.GetArrayDataReference(trial);
        ref var last = ref MemoryMarshal.GetArrayDataReference(error);
        var ofPoint = Vector512.Create(correction.Point);
        var ofState = Vector512.Create(correction.State);
        var ofDirection = Vector512.Create(correction.Direction);
        Vector512<double> linear = default, quadratic = default;
        for (nuint i = 0; i < (nuint)padded; i += 8, block = ref Unsafe.Add(ref block, Group))
        {
            var w = Read(ref block, Direction);
            var weight = Read(ref block, Weight);
            var point = Read(ref block, Point);
            var forced = Vector512.FusedMultiplyAdd(ofPoint, point, Vector512.FusedMultiplyAdd(ofState, Read(ref block, State), ofDirection * w));
            var latest = Vector512.FusedMultiplyAdd(Read(ref block, ScaledInverse), forced, Read(ref block, Partial));
            var value = point + latest;
            latest.StoreUnsafe(ref last, i);
            value.StoreUnsafe(ref target, i);
            linear = Vector512.FusedMultiplyAdd(weight * w, value, linear);
            quadratic = Vector512.FusedMultiplyAdd(weight * value, value, quadratic);
        }

        return (Vector512.Sum(linear), Vector512.Sum(quadratic));
    }

    private readonly struct Stage2 : IStage
    {
        public static int Before => 1;
    }

    private readonly struct Stage3 : IStage
    {
        public static int Before => 2;
    }

    private readonly struct Stage4 : IStage
    {
        public static int Before => 3;
    }

    private readonly struct Stage5 : IStage
    {
        public static int Before => 4;
    }

    private readonly struct Stage6 : IStage
    {
        public static int Before => 5;
    }

    private readonly struct Stage7 : IStage
    {
        public static int Before => 6;
    }

    private readonly struct Stage8 : IStage
    {
        public static int Before => 7;
    }
}
